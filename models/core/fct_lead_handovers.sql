-- One row per lead handed to sales: whether it was answered in time, ignored, judged and accepted.

with

assignments as (

    select * from {{ ref('int_handover__assignments') }}

),

as_of as (

    select * from {{ ref('dim_as_of') }}

),

-- The day of the assignment is not counted, and the last day counts to its midnight.
deadlines as (

    select
        assignments.lead_id,
        due_times.due_at as response_due_at,
        last_days.ends_at as ignored_after_at,
        {{ dbt.dateadd('day', 'assignments.feedback_after_days', 'assignments.assigned_at') }}
            as feedback_due_at

    from assignments
    inner join {{ ref('dim_business_days') }} as assigned_days
        on assignments.assigned_date = assigned_days.date_day
    left join {{ ref('int_clock__due_times') }} as due_times
        on assignments.lead_id = due_times.record_id
        and due_times.record_type = 'lead'
    left join {{ ref('dim_business_days') }} as last_days
        on assigned_days.business_day_number + assignments.ignored_after_business_days
        = last_days.business_day_number
        and last_days.is_business_day

),

-- The last verdict is what sales thinks of the lead now; the first one kept its promise to say.
verdicts as (

    select
        lead_events.lead_id,
        lead_events.occurred_at,
        lead_events.verdict,
        row_number() over (
            partition by lead_events.lead_id
            order by lead_events.occurred_at desc, lead_events.event_id desc
        ) as recency,
        min(lead_events.occurred_at) over (partition by lead_events.lead_id) as first_verdict_at

    from {{ ref('stg_files__lead_events') }} as lead_events
    inner join assignments
        on lead_events.lead_id = assignments.lead_id
        and lead_events.occurred_at >= assignments.assigned_at
    inner join as_of
        on lead_events.occurred_at <= as_of.observed_until
    where lead_events.verdict is not null

),

checks as (

    select
        deadlines.lead_id,
        responses.first_response_at,
        case
            when responses.first_response_at is not null then readings.business_minutes
        end as first_response_minutes,
        readings.business_minutes as elapsed_minutes,
        readings.paused_minutes,
        deadlines.response_due_at,
        -- Where nothing is agreed nothing is due, though it was answered.
        case
            when deadlines.response_due_at is not null
                then
                    responses.first_response_at is not null
                    or deadlines.response_due_at < as_of.observed_until
        end as is_response_due,
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

    from deadlines
    cross join as_of
    left join {{ ref('int_handover__responses') }} as responses
        on deadlines.lead_id = responses.lead_id
    left join {{ ref('int_clock__readings') }} as readings
        on deadlines.lead_id = readings.record_id
        and readings.record_type = 'lead'

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
        verdicts.verdict,
        verdicts.occurred_at as verdict_at,
        verdicts.first_verdict_at,
        verdicts.verdict is not null as has_verdict,
        checks.feedback_due_at,
        checks.is_feedback_due,
        coalesce(judgements.judgement = 'sal', false) as is_accepted,
        coalesce(judgements.judgement != 'sal', false) as is_rejected,
        judgements.judged_at

    from assignments
    left join checks
        on assignments.lead_id = checks.lead_id
    left join {{ ref('fct_first_judgements') }} as judgements
        on assignments.lead_id = judgements.lead_id
    left join verdicts
        on assignments.lead_id = verdicts.lead_id
        and verdicts.recency = 1
    left join {{ ref('stg_files__leads') }} as leads
        on assignments.lead_id = leads.lead_id
    left join {{ ref('fct_lead_channels') }} as lead_channels
        on assignments.lead_id = lead_channels.lead_id

)

select * from handovers
