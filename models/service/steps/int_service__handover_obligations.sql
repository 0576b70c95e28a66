-- One row per lead handed to sales and thing that sales owes marketing for it: a first response, a
-- verdict.

with

handovers as (

    select * from {{ ref('fct_lead_handovers') }}

),

as_of as (

    select * from {{ ref('int_ops__as_of') }}

),

responses as (

    select
        'first_response' as obligation_kind,
        lead_id,
        person_id,
        product_line_id,
        assigned_at as started_at,
        assigned_date as started_date,
        response_due_at as due_at,
        first_response_at as done_at,
        elapsed_minutes as business_minutes,
        paused_minutes,
        'no response time is agreed for the day of the hand-over' as missing_reason

    from handovers

),

-- The first verdict keeps the promise; a later one may still change what is thought of the lead.
verdicts as (

    select
        'feedback' as obligation_kind,
        lead_id,
        person_id,
        product_line_id,
        assigned_at as started_at,
        assigned_date as started_date,
        feedback_due_at as due_at,
        first_verdict_at as done_at,
        cast(null as bigint) as business_minutes,
        cast(null as bigint) as paused_minutes,
        'no time for a verdict is agreed for the day of the hand-over' as missing_reason

    from handovers

),

all_owed as (

    select * from responses

    union all

    select * from verdicts

),

handover_obligations as (

    select
        all_owed.obligation_kind,
        all_owed.lead_id,
        all_owed.person_id,
        all_owed.product_line_id,
        all_owed.started_at,
        all_owed.started_date,
        all_owed.due_at,
        all_owed.done_at,
        {{ sla_status('all_owed.done_at', 'all_owed.due_at', 'as_of.observed_until') }} as status,
        all_owed.business_minutes,
        all_owed.paused_minutes,
        case when all_owed.due_at is null then all_owed.missing_reason end as reason

    from all_owed
    cross join as_of

)

select * from handover_obligations
