-- One row per lead handed to sales: until when it is to be answered, worked and judged.

with

assignments as (

    select * from {{ ref('int_handover__assignments') }}

),

response_due_times as (

    select * from {{ ref('int_clock__due_times') }}
    where record_type = 'lead'

),

assigned_days as (

    select * from {{ ref('dim_business_days') }}

),

last_days as (

    select * from {{ ref('dim_business_days') }}
    where is_business_day

),

deadlines as (

    select
        assignments.lead_id,
        response_due_times.due_at as response_due_at,
        -- The day of the assignment is not counted, and the last day counts to its midnight.
        last_days.ends_at as ignored_after_at,
        {{ dbt.dateadd('day', 'assignments.feedback_after_days', 'assignments.assigned_at') }}
            as feedback_due_at

    from assignments
    inner join assigned_days
        on assignments.assigned_date = assigned_days.date_day
    left join response_due_times
        on assignments.lead_id = response_due_times.record_id
    left join last_days
        on assigned_days.business_day_number + assignments.ignored_after_business_days
        = last_days.business_day_number

)

select * from deadlines
