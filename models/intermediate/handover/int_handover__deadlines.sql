-- One row per lead handed to sales: until when it is to be answered, worked and judged.

with

timed_assignments as (

    select * from {{ ref('int_handover__timed_assignments') }}

),

response_due_times as (

    select * from {{ ref('int_clock__due_times') }}
    where record_type = 'lead'

),

business_days as (

    select * from {{ ref('int_calendar__business_days') }}
    where is_business_day

),

deadlines as (

    select
        timed_assignments.lead_id,
        timed_assignments.assigned_business_seconds,
        response_due_times.due_at as response_due_at,
        -- The day of the assignment is not counted, and the last day counts to its midnight.
        business_days.ends_at as ignored_after_at,
        {{ dbt.dateadd(
            'day', 'timed_assignments.feedback_after_days', 'timed_assignments.assigned_at'
        ) }} as feedback_due_at

    from timed_assignments
    left join response_due_times
        on timed_assignments.lead_id = response_due_times.record_id
    left join business_days
        on timed_assignments.last_business_day_number = business_days.business_day_number

)

select * from deadlines
