-- One row per lead handed to sales: whether it was answered in time, ignored, judged and accepted.

with

assignments as (

    select * from {{ ref('int_handover__assignments') }}

),

checks as (

    select * from {{ ref('int_handover__checks') }}

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
        checks.response_due_at,
        checks.is_response_due,
        checks.is_response_in_time,
        checks.first_human_activity_at,
        checks.ignored_after_at,
        checks.is_judged_ignored,
        checks.is_ignored,
        judgements.verdict,
        judgements.verdict_at,
        judgements.verdict is not null as has_verdict,
        checks.is_feedback_due,
        coalesce(judgements.judgement = 'sal', false) as is_accepted,
        coalesce(judgements.judgement != 'sal', false) as is_rejected,
        judgements.judged_at

    from assignments
    left join checks
        on assignments.lead_id = checks.lead_id
    left join judgements
        on assignments.lead_id = judgements.lead_id
    left join leads
        on assignments.lead_id = leads.lead_id
    left join lead_channels
        on assignments.lead_id = lead_channels.lead_id

)

select * from handovers
