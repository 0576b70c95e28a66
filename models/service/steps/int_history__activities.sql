-- One row per lead and thing that people of the company did: an activity on the lead or on a deal
-- of its history, a handover of the client it became.

with

deal_leads as (

    select * from {{ ref('bridge_deal_histories') }}

),

-- As for the response time: what a machine or the client sends is no work done on the lead.
human_activities as (

    select
        activities.*,
        deal_leads.lead_id as deal_lead_id

    from {{ ref('stg_files__activities') }} as activities
    left join deal_leads
        on activities.deal_id = deal_leads.deal_id
    where {{ is_human_work('activities') }}

),

-- Logged on the lead and on its deal it is one activity.
lead_activities as (

    {% for lead in ['lead_id', 'deal_lead_id'] %}
    select
        {{ lead }} as lead_id,
        occurred_at,
        'activity' as event_kind,
        activity_id as event_id,
        550 as event_order,
        person_id,
        activity_type as subject,
        case
            when direction in ('outbound', 'internal')
                then {{ message('history.activity', {'direction': 'direction'}) }}
        end as detail_message,
        deal_id,
        cast(null as varchar) as client_id

    from human_activities
    where {{ lead }} is not null
    {% if not loop.last %}
    union
    {% endif %}
    {% endfor %}

),

lead_clients as (

    select distinct
        deal_leads.lead_id,
        deal_leads.client_id,
        leads.created_at

    from deal_leads
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

-- What happened since a client came back as another lead stands in the history of that lead.
handovers as (

    select
        lead_clients.lead_id,
        changed_owners.owned_from as occurred_at,
        'client_handover' as event_kind,
        lead_clients.client_id || ':' || cast(changed_owners.owned_from as varchar) as event_id,
        850 as event_order,
        changed_owners.person_id,
        case when changed_owners.person_id is null then 'no_owner' end as subject,
        case
            when coalesce(people.person_name, changed_owners.reason) is not null
                then
                    {{ message('history.handed_over', {
                        'person': 'people.person_name', 'reason': 'changed_owners.reason'
                    }) }}
        end as detail_message,
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

work as (

    select * from lead_activities

    union all

    select * from handovers

)

select
    *,
    cast(null as decimal(28, 2)) as amount

from work
