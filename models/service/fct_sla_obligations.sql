-- One row per thing that one department owes the other, with its owner and how it stands.

with

-- Sales owes a first response and feedback for every lead it is handed. The first verdict meets the
-- commitment; a later one may still change what is thought of the lead.
lead_obligations as (

    {% for kind, due_at, done_at in [
        ('first_response', 'response_due_at', 'first_response_at'),
        ('feedback', 'feedback_due_at', 'first_verdict_at'),
    ] %}
    select
        '{{ kind }}' as obligation_kind,
        handovers.person_id,
        handovers.lead_id,
        handovers.product_line_id,
        handovers.assigned_at as started_at,
        handovers.assigned_date as started_date,
        handovers.{{ due_at }} as due_at,
        handovers.{{ done_at }} as done_at,
        {{ sla_status('handovers.' ~ done_at, 'handovers.' ~ due_at, 'as_of.observed_until') }}
            as status,
        {% for minutes in ['elapsed_minutes', 'paused_minutes'] %}
        {{ 'handovers.' ~ minutes if kind == 'first_response' else 'cast(null as bigint)' }}
            as {{ minutes }},
        {% endfor %}
        case when handovers.{{ due_at }} is null then 'not_agreed' end as reason_code

    from {{ ref('fct_lead_handovers') }} as handovers
    cross join {{ ref('dim_as_of') }} as as_of
    {% if not loop.last %}
    union all
    {% endif %}
    {% endfor %}

),

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
        elapsed_minutes as business_minutes,
        paused_minutes,
        cast(null as varchar) as supply_measure,
        cast(null as decimal(28, 2)) as owed_quantity,
        cast(null as decimal(28, 2)) as delivered_quantity,
        reason_code,
        cast(null as bigint) as unknown_leads

    from lead_obligations

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
        reason_code,
        unknown_leads

    from {{ ref('fct_lead_supply') }} as supply

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
        case when due_at is null then 'not_agreed' end as reason_code,
        null as unknown_leads

    from {{ ref('fct_internal_requests') }} as requests

),

-- Where no person is known the department is the owner.
owned_obligations as (

    select
        obligations.*,
        case
            when obligations.reason_code is not null
                then
                    {{ message('service.unknown_status', {
                        'code': 'obligations.reason_code',
                        'kind': 'obligations.obligation_kind',
                        'leads': 'obligations.unknown_leads'
                    }) }}
        end as reason_message,
        coalesce(obligations.person_id, obligations.owing_department_id) as owner_id,
        {{ message('service.owner', {
            'person': 'coalesce(' ~ person_label('people') ~ ', obligations.person_id)',
            'department': 'obligations.owing_department_id'
        }) }} as owner_label_message,
        coalesce(obligations.status != 'pending', false) as is_due,
        case when obligations.status != 'pending' then obligations.status = 'met' end as is_met

    from obligations
    left join {{ ref('dim_people') }} as people
        on obligations.person_id = people.person_id

)

select * from owned_obligations
