-- One row per lead handed to sales: whether sales took it, and what sales said of it.

with

assignments as (

    select * from {{ ref('int_handover__assignments') }}

),

lead_events as (

    select * from {{ ref('stg_files__lead_events') }}

),

as_of as (

    select * from {{ ref('int_ops__as_of') }}

),

later_events as (

    select
        assignments.lead_id,
        lead_events.event_id,
        lead_events.event_type,
        lead_events.occurred_at,
        lead_events.verdict

    from assignments
    inner join lead_events
        on assignments.lead_id = lead_events.lead_id
        and lead_events.occurred_at >= assignments.assigned_at
    inner join as_of
        on lead_events.occurred_at <= as_of.observed_until

),

-- The first answer decides: one that is overturned later is counted as overturned, not rewritten.
first_judgements as (

    select
        *,
        row_number() over (partition by lead_id order by occurred_at, event_id) as event_number

    from later_events
    where event_type in ('sal', 'rejected', 'junk')

),

-- The last verdict is what sales thinks of the lead now; the first one kept its promise to say.
last_verdicts as (

    select
        *,
        row_number() over (partition by lead_id order by occurred_at desc, event_id desc)
            as event_number,
        min(occurred_at) over (partition by lead_id) as first_verdict_at

    from later_events
    where verdict is not null

),

judgements as (

    select
        assignments.lead_id,
        last_verdicts.verdict,
        last_verdicts.occurred_at as verdict_at,
        last_verdicts.first_verdict_at,
        first_judgements.event_type as judgement,
        first_judgements.occurred_at as judged_at

    from assignments
    left join first_judgements
        on assignments.lead_id = first_judgements.lead_id
        and first_judgements.event_number = 1
    left join last_verdicts
        on assignments.lead_id = last_verdicts.lead_id
        and last_verdicts.event_number = 1

)

select * from judgements
