-- One row per lead handed to sales: whether it was answered in time, ignored, and owed a verdict.

with

deadlines as (

    select * from {{ ref('int_handover__deadlines') }}

),

responses as (

    select * from {{ ref('int_handover__responses') }}

),

response_readings as (

    select * from {{ ref('int_clock__readings') }}
    where record_type = 'lead'

),

as_of as (

    select * from {{ ref('int_ops__as_of') }}

),

checks as (

    select
        deadlines.lead_id,
        responses.first_response_at,
        case
            when responses.first_response_at is not null then response_readings.business_minutes
        end as first_response_minutes,
        deadlines.response_due_at,
        responses.first_response_at is not null
        or deadlines.response_due_at < as_of.observed_until as is_response_due,
        -- Unanswered is a breach from the moment the due time passes, and not yet known before.
        case
            when responses.first_response_at is not null
                then responses.first_response_at <= deadlines.response_due_at
            when deadlines.response_due_at < as_of.observed_until then false
        end as is_response_in_time,
        responses.first_human_activity_at,
        deadlines.ignored_after_at,
        deadlines.ignored_after_at <= as_of.observed_until as is_judged_ignored,
        case
            when deadlines.ignored_after_at <= as_of.observed_until
                then coalesce(responses.first_human_activity_at >= deadlines.ignored_after_at, true)
        end as is_ignored,
        deadlines.feedback_due_at < as_of.observed_until as is_feedback_due

    from deadlines
    cross join as_of
    left join responses
        on deadlines.lead_id = responses.lead_id
    left join response_readings
        on deadlines.lead_id = response_readings.record_id

)

select * from checks
