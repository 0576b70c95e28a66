-- One row per thing that one department owes the other, with its owner and how it stands.

with

obligations as (

    select
        obligation_kind || ':' || lead_id as obligation_id,
        obligation_kind,
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

    from {{ ref('int_service__handover_obligations') }} as handover_obligations

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

    from {{ ref('int_service__supply_obligations') }} as supply

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

    from {{ ref('fct_internal_requests') }} as requests

),

-- Where no person is known the department answers.
owned_obligations as (

    select
        obligations.*,
        coalesce(obligations.person_id, obligations.owing_department_id) as owner_id,
        case
            when obligations.person_id is not null
                then coalesce({{ person_label('people') }}, obligations.person_id)
            else {{ department_label('obligations.owing_department_id') }}
        end as owner_label,
        coalesce(obligations.status != 'pending', false) as is_due,
        case when obligations.status != 'pending' then obligations.status = 'met' end as is_met

    from obligations
    left join {{ ref('dim_people') }} as people
        on obligations.person_id = people.person_id

)

select * from owned_obligations
