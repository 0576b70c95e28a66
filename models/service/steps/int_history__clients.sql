-- One row per lead and thing that happened to the client it became: handed over, complained,
-- settled.

with

complaints as (

    select * from {{ ref('fct_complaints') }}
    where lead_id is not null

),

lead_clients as (

    select distinct
        deal_leads.lead_id,
        deal_leads.client_id,
        leads.created_at

    from {{ ref('bridge_deal_histories') }} as deal_leads
    inner join {{ ref('stg_files__leads') }} as leads
        on deal_leads.lead_id = leads.lead_id
    where deal_leads.client_id is not null

),

changed_owners as (

    select
        *,
        lag(person_id) over (partition by client_id order by period_number) as previous_person_id

    from {{ ref('fct_client_owners') }} as owner_periods

),

-- Of a client that came back as another lead, that lead tells what happened since.
hand_overs as (

    select
        lead_clients.lead_id,
        changed_owners.owned_from as occurred_at,
        'client_handover' as event_kind,
        lead_clients.client_id || ':' || cast(changed_owners.owned_from as varchar) as event_id,
        850 as event_order,
        changed_owners.person_id,
        case
            when changed_owners.person_id is null then 'Client left without an owner'
            else 'Client handed over'
        end as title,
        coalesce(
            'from ' || people.person_name || coalesce(': ' || changed_owners.reason, ''),
            changed_owners.reason
        ) as detail,
        cast(null as decimal(28, 2)) as amount,
        cast(null as varchar) as deal_id,
        lead_clients.client_id

    from lead_clients
    inner join changed_owners
        on lead_clients.client_id = changed_owners.client_id
        and changed_owners.owned_from >= lead_clients.created_at
    left join {{ ref('dim_people') }} as people
        on changed_owners.previous_person_id = people.person_id
    where changed_owners.source = 'hand_over'

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

client_events as (

    select * from hand_overs

    union all

    select * from received_complaints

    union all

    select * from resolved_complaints

)

select * from client_events
