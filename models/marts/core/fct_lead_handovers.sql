-- One row per lead handed to sales: whether it was answered in time, ignored, judged and accepted.

with

assignments as (

    select * from {{ ref('int_handover__assignments') }}

),

deadlines as (

    select * from {{ ref('int_handover__deadlines') }}

),

responses as (

    select * from {{ ref('int_handover__responses') }}

),

judgements as (

    select * from {{ ref('int_handover__judgements') }}

),

leads as (

    select * from {{ ref('stg_files__leads') }}

),

lead_channels as (

    select * from {{ ref('int_attribution__lead_channels') }}

),

as_of as (

    select * from {{ ref('int_ops__as_of') }}

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
        cast(assignments.reassignment_count as bigint) as reassignment_count,
        responses.first_response_at,
        cast(
            floor(
                (responses.response_business_seconds - deadlines.assigned_business_seconds) / 60.0
            ) as bigint
        ) as first_response_minutes,
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
                then coalesce(
                    responses.first_human_activity_at >= deadlines.ignored_after_at, true
                )
        end as is_ignored,
        judgements.verdict,
        judgements.verdict_at,
        judgements.verdict is not null as has_verdict,
        deadlines.feedback_due_at < as_of.observed_until as is_feedback_due,
        judgements.judgement is not null and judgements.judgement = 'sal' as is_accepted,
        judgements.judgement is not null and judgements.judgement != 'sal' as is_rejected,
        judgements.judged_at

    from assignments
    cross join as_of
    left join deadlines
        on assignments.lead_id = deadlines.lead_id
    left join responses
        on assignments.lead_id = responses.lead_id
    left join judgements
        on assignments.lead_id = judgements.lead_id
    left join leads
        on assignments.lead_id = leads.lead_id
    left join lead_channels
        on assignments.lead_id = lead_channels.lead_id

)

select * from handovers
