-- One row per lead handed to sales: when sales first answered it, and when it first worked on it,
-- logged on the lead or on its deal.

with

assignments as (

    select * from {{ ref('int_handover__assignments') }}

),

activities as (

    select * from {{ ref('stg_files__activities') }}

),

deals as (

    select * from {{ ref('stg_files__deals') }}

),

as_of as (

    select * from {{ ref('dim_as_of') }}

),

-- What the client sends, and what a machine sends, is no work done on the lead.
human_activities as (

    select
        activities.activity_id,
        activities.lead_id,
        activities.deal_id,
        activities.occurred_at,
        -- An export without directions: whatever is not a note to oneself went to the client.
        coalesce(
            activities.direction,
            case
                when activities.activity_type in ('note', 'task') then 'internal'
                else 'outbound'
            end
        ) = 'outbound' as is_outbound

    from activities
    inner join as_of
        on activities.occurred_at <= as_of.observed_until
    where {{ is_human_work('activities') }}

),

lead_activities as (

    select
        lead_id,
        activity_id,
        occurred_at,
        is_outbound

    from human_activities
    where lead_id is not null

    union

    select
        deals.lead_id,
        human_activities.activity_id,
        human_activities.occurred_at,
        human_activities.is_outbound

    from human_activities
    inner join deals
        on human_activities.deal_id = deals.deal_id
    where deals.lead_id is not null

),

responses as (

    select
        assignments.lead_id,
        min(case when lead_activities.is_outbound then lead_activities.occurred_at end)
            as first_response_at,
        min(lead_activities.occurred_at) as first_human_activity_at

    from assignments
    left join lead_activities
        on assignments.lead_id = lead_activities.lead_id
        and lead_activities.occurred_at >= assignments.assigned_at
    group by assignments.lead_id

)

select * from responses
