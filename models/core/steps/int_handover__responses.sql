-- One row per lead handed to sales: when sales first answered it, and when it first worked on it.

with

assignments as (

    select * from {{ ref('int_handover__assignments') }}

),

lead_activities as (

    select * from {{ ref('int_handover__lead_activities') }}

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
