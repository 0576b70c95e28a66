-- One row per lead handed to sales: whether sales took it, and what sales said of it.

with

assignments as (

    select * from {{ ref('int_handover__assignments') }}

),

lead_events as (

    select * from {{ ref('stg_files__lead_events') }}

),

first_judgements as (

    select * from {{ ref('int_handover__first_judgements') }}

),

as_of as (

    select * from {{ ref('dim_as_of') }}

),

-- The last verdict is what sales thinks of the lead now; the first one kept its promise to say.
last_verdicts as (

    select
        lead_events.lead_id,
        lead_events.occurred_at,
        lead_events.verdict,
        row_number() over (
            partition by lead_events.lead_id
            order by lead_events.occurred_at desc, lead_events.event_id desc
        ) as event_number,
        min(lead_events.occurred_at) over (partition by lead_events.lead_id) as first_verdict_at

    from lead_events
    inner join assignments
        on lead_events.lead_id = assignments.lead_id
        and lead_events.occurred_at >= assignments.assigned_at
    inner join as_of
        on lead_events.occurred_at <= as_of.observed_until
    where lead_events.verdict is not null

),

judgements as (

    select
        assignments.lead_id,
        last_verdicts.verdict,
        last_verdicts.occurred_at as verdict_at,
        last_verdicts.first_verdict_at,
        first_judgements.judgement,
        first_judgements.judged_at

    from assignments
    left join first_judgements
        on assignments.lead_id = first_judgements.lead_id
    left join last_verdicts
        on assignments.lead_id = last_verdicts.lead_id
        and last_verdicts.event_number = 1

)

select * from judgements
