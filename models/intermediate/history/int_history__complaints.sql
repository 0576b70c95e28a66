-- One row per complaint or review in the history of a lead, and one more when it was settled.

with

complaints as (

    select * from {{ ref('fct_complaints') }}
    where lead_id is not null

),

received_complaints as (

    select
        lead_id,
        received_at as occurred_at,
        'complaint' as event_kind,
        complaint_id as event_id,
        950 as event_order,
        cast(null as varchar) as person_id,
        case kind when 'review' then 'Review' else 'Complaint' end as title,
        coalesce(topic || coalesce('; promised: ' || promise, ''), 'promised: ' || promise)
            as detail,
        cast(null as decimal(28, 2)) as amount,
        deal_id,
        client_id

    from complaints

),

resolved_complaints as (

    select
        lead_id,
        resolved_at as occurred_at,
        'complaint_resolved' as event_kind,
        complaint_id as event_id,
        960 as event_order,
        cast(null as varchar) as person_id,
        case kind when 'review' then 'Review answered' else 'Complaint settled' end as title,
        'after ' || cast(days_to_resolve as varchar)
        || case days_to_resolve when 1 then ' day' else ' days' end as detail,
        cast(null as decimal(28, 2)) as amount,
        deal_id,
        client_id

    from complaints
    where resolved_at is not null

),

complaint_events as (

    select * from received_complaints

    union all

    select * from resolved_complaints

)

select * from complaint_events
