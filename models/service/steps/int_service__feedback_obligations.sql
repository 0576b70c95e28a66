-- One row per lead handed to sales: the verdict sales owes marketing.

with

handovers as (

    select * from {{ ref('fct_lead_handovers') }}

),

deadlines as (

    select * from {{ ref('int_handover__deadlines') }}

),

judgements as (

    select * from {{ ref('int_handover__judgements') }}

),

as_of as (

    select * from {{ ref('int_ops__as_of') }}

),

-- The first verdict keeps the promise; a later one may still change what is thought of the lead.
feedback_obligations as (

    select
        handovers.lead_id,
        handovers.person_id,
        handovers.product_line_id,
        handovers.assigned_at as started_at,
        handovers.assigned_date as started_date,
        deadlines.feedback_due_at as due_at,
        judgements.first_verdict_at as done_at,
        {{ sla_status(
            'judgements.first_verdict_at', 'deadlines.feedback_due_at', 'as_of.observed_until'
        ) }} as status,
        case
            when deadlines.feedback_due_at is null
                then 'no time for a verdict is agreed for the day of the hand-over'
        end as reason

    from handovers
    cross join as_of
    left join deadlines
        on handovers.lead_id = deadlines.lead_id
    left join judgements
        on handovers.lead_id = judgements.lead_id

)

select * from feedback_obligations
