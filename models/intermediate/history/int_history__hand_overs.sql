-- One row per lead and hand-over of the client it became, from the day the lead came.

with

deal_leads as (

    select * from {{ ref('int_clients__deal_leads') }}

),

leads as (

    select * from {{ ref('stg_files__leads') }}

),

owner_periods as (

    select * from {{ ref('int_clients__owner_periods') }}

),

people as (

    select * from {{ ref('dim_people') }}

),

lead_clients as (

    select distinct
        deal_leads.lead_id,
        deal_leads.client_id,
        leads.created_at

    from deal_leads
    inner join leads
        on deal_leads.lead_id = leads.lead_id
    where deal_leads.client_id is not null

),

changed_owners as (

    select
        *,
        lag(person_id) over (partition by client_id order by period_number) as previous_person_id

    from owner_periods

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
    left join people
        on changed_owners.previous_person_id = people.person_id
    where changed_owners.source = 'hand_over'

)

select * from hand_overs
