-- One row per thing that one department owes the other: a first response, a verdict, the leads of a
-- month, an answer to a request.

with

responses as (

    select * from {{ ref('int_service__response_obligations') }}

),

feedback as (

    select * from {{ ref('int_service__feedback_obligations') }}

),

supply as (

    select * from {{ ref('int_service__supply_obligations') }}

),

requests as (

    select * from {{ ref('fct_internal_requests') }}

),

obligations as (

    select
        'first_response:' || lead_id as obligation_id,
        'first_response' as obligation_kind,
        'sales' as owing_department_id,
        'marketing' as owed_to_department_id,
        person_id,
        lead_id,
        cast(null as varchar) as request_id,
        product_line_id,
        started_at,
        started_date,
        due_at,
        done_at,
        status,
        business_minutes,
        paused_minutes,
        cast(null as varchar) as supply_measure,
        cast(null as decimal(28, 2)) as owed_quantity,
        cast(null as decimal(28, 2)) as delivered_quantity,
        reason

    from responses

    union all

    select
        'feedback:' || lead_id as obligation_id,
        'feedback' as obligation_kind,
        'sales' as owing_department_id,
        'marketing' as owed_to_department_id,
        person_id,
        lead_id,
        null as request_id,
        product_line_id,
        started_at,
        started_date,
        due_at,
        done_at,
        status,
        null as business_minutes,
        null as paused_minutes,
        null as supply_measure,
        null as owed_quantity,
        null as delivered_quantity,
        reason

    from feedback

    union all

    select
        'lead_supply:' || supply_id as obligation_id,
        'lead_supply' as obligation_kind,
        'marketing' as owing_department_id,
        'sales' as owed_to_department_id,
        null as person_id,
        null as lead_id,
        null as request_id,
        product_line_id,
        started_at,
        month_start as started_date,
        due_at,
        done_at,
        status,
        null as business_minutes,
        null as paused_minutes,
        measure as supply_measure,
        owed_quantity,
        delivered_quantity,
        reason

    from supply

    union all

    select
        'internal_request:' || request_id as obligation_id,
        'internal_request' as obligation_kind,
        to_department_id as owing_department_id,
        from_department_id as owed_to_department_id,
        person_id,
        null as lead_id,
        request_id,
        null as product_line_id,
        requested_at as started_at,
        requested_date as started_date,
        due_at,
        answered_at as done_at,
        status,
        business_minutes,
        paused_minutes,
        null as supply_measure,
        null as owed_quantity,
        null as delivered_quantity,
        reason

    from requests

)

select * from obligations
