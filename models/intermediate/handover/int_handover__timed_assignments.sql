-- One row per lead handed to sales: its assignment and its terms on the scale of business time.

with

assignments as (

    select * from {{ ref('int_handover__assignments') }}

),

business_days as (

    select * from {{ ref('int_calendar__business_days') }}

),

timed_assignments as (

    select
        assignments.lead_id,
        assignments.assigned_at,
        assignments.feedback_after_days,
        {{ business_seconds('assignments.assigned_at', 'business_days') }}
            as assigned_business_seconds,
        business_days.business_day_number + assignments.ignored_after_business_days
            as last_business_day_number

    from assignments
    inner join business_days
        on assignments.assigned_date = business_days.date_day

)

select * from timed_assignments
