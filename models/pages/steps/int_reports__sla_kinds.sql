-- One row per kind of thing one department owes the other: its name for people, and what to connect
-- where nothing of the kind was ever owed.

with

obligations as (

    select * from {{ ref('fct_sla_obligations') }}

),

used_kinds as (

    select distinct
        owing_department_id,
        obligation_kind

    from obligations

),

kinds as (

    select * from (
        values
        (
            'marketing', 'lead_supply', 'Leads promised, by month and product line', 10,
            'no supply is agreed: fill the rule file targets/supply_terms'
        ),
        (
            'marketing', 'internal_request', 'Answers to requests of sales', 20,
            'none are known: connect the stream “internal_requests”'
        ),
        (
            'sales', 'first_response', 'First response to a lead', 30,
            'none are known: connect the streams “lead_events” and “activities”'
        ),
        (
            'sales', 'feedback', 'Verdict on a lead', 40,
            'none are known: connect the stream “lead_events”'
        ),
        (
            'sales', 'internal_request', 'Answers to requests of marketing', 50,
            'none are known: connect the stream “internal_requests”'
        )
    ) as kinds (owing_department_id, obligation_kind, kind_label, sort_order, missing_reason)

),

judged_kinds as (

    select
        kinds.owing_department_id,
        {{ department_label('kinds.owing_department_id') }}
            as owing_label,
        kinds.obligation_kind,
        kinds.kind_label,
        kinds.sort_order,
        case when used_kinds.obligation_kind is null then kinds.missing_reason end
            as missing_reason

    from kinds
    left join used_kinds
        on kinds.owing_department_id = used_kinds.owing_department_id
        and kinds.obligation_kind = used_kinds.obligation_kind

)

select * from judged_kinds
