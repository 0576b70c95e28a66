-- One row per lead and activity of a human of the company on the lead or on a deal of its history.

with

activities as (

    select * from {{ ref('stg_files__activities') }}

),

deal_leads as (

    select * from {{ ref('bridge_deal_histories') }}

),

-- As for the response time: what a machine or the client sends is no work done on the lead.
human_activities as (

    select
        activities.*,
        deal_leads.lead_id as deal_lead_id

    from activities
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
        upper(substring(activity_type, 1, 1)) || substring(activity_type, 2) as title,
        case direction
            when 'outbound' then 'to the client' when 'internal' then 'inside the company'
        end as detail,
        cast(null as decimal(28, 2)) as amount,
        deal_id,
        cast(null as varchar) as client_id

    from human_activities
    where {{ lead }} is not null
    {% if not loop.last %}
    union
    {% endif %}
    {% endfor %}

)

select * from lead_activities
