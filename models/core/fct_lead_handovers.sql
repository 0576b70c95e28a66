-- One row per lead handed to sales: whether it was answered in time, ignored, judged and accepted.

with

response_readings as (

    select * from {{ ref('int_clock__readings') }}
    where record_type = 'lead'

),

checks as (

    select
        deadlines.lead_id,
        responses.first_response_at,
        case
            when responses.first_response_at is not null then response_readings.business_minutes
        end as first_response_minutes,
        response_readings.business_minutes as elapsed_minutes,
        response_readings.paused_minutes,
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
        deadlines.feedback_due_at,
        deadlines.feedback_due_at < as_of.observed_until as is_feedback_due

    from {{ ref('int_handover__deadlines') }} as deadlines
    cross join {{ ref('dim_as_of') }} as as_of
    left join {{ ref('int_handover__responses') }} as responses
        on deadlines.lead_id = responses.lead_id
    left join response_readings
        on deadlines.lead_id = response_readings.record_id

),

handovers as (

    select
        assignments.lead_id,
        assignments.person_id,
        leads.product_line_id,
        lead_channels.channel_id,
        lead_channels.campaign_id,
        assignments.assigned_at,
        assignments.assigned_date,
        assignments.reassignment_count,
        checks.first_response_at,
        checks.first_response_minutes,
        checks.elapsed_minutes,
        checks.paused_minutes,
        checks.response_due_at,
        checks.is_response_due,
        checks.is_response_in_time,
        checks.first_human_activity_at,
        checks.ignored_after_at,
        checks.is_judged_ignored,
        checks.is_ignored,
        judgements.verdict,
        judgements.verdict_at,
        judgements.first_verdict_at,
        judgements.verdict is not null as has_verdict,
        checks.feedback_due_at,
        checks.is_feedback_due,
        coalesce(judgements.judgement = 'sal', false) as is_accepted,
        coalesce(judgements.judgement != 'sal', false) as is_rejected,
        judgements.judged_at

    from {{ ref('int_handover__assignments') }} as assignments
    left join checks
        on assignments.lead_id = checks.lead_id
    left join {{ ref('int_handover__judgements') }} as judgements
        on assignments.lead_id = judgements.lead_id
    left join {{ ref('stg_files__leads') }} as leads
        on assignments.lead_id = leads.lead_id
    left join {{ ref('fct_lead_channels') }} as lead_channels
        on assignments.lead_id = lead_channels.lead_id

)

select * from handovers
