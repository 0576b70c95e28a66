-- One row per lead handed to sales: when sales first answered it, and when it first worked on it.

with

assignments as (

    select * from {{ ref('int_handover__assignments') }}

),

lead_activities as (

    select * from {{ ref('int_handover__lead_activities') }}

),

business_days as (

    select * from {{ ref('int_calendar__business_days') }}

),

first_activities as (

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

),

responses as (

    select
        first_activities.lead_id,
        first_activities.first_response_at,
        first_activities.first_human_activity_at,
        {{ business_seconds('first_activities.first_response_at', 'response_days') }}
            as response_business_seconds

    from first_activities
    left join business_days as response_days
        on {{ company_date('first_activities.first_response_at') }} = response_days.date_day

)

select * from responses
