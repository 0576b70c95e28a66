-- One row per lead that was judged: the first answer of sales to it, and whose lead it was. An
-- answer that is overturned later is counted as overturned, not rewritten.

with

lead_events as (

    select * from {{ ref('stg_files__lead_events') }}

),

assignments as (

    select * from {{ ref('int_handover__assignments') }}

),

as_of as (

    select * from {{ ref('dim_as_of') }}

),

-- Who takes or turns down a lead is sales, though the assignment be written down a moment later or
-- never; junk is thrown out by marketing too, before anything is handed over.
judgements as (

    select
        lead_events.lead_id,
        lead_events.event_type as judgement,
        lead_events.occurred_at as judged_at,
        coalesce(assignments.person_id, lead_events.person_id) as person_id,
        row_number() over (
            partition by lead_events.lead_id
            order by lead_events.occurred_at, lead_events.event_id
        ) as judgement_number

    from lead_events
    inner join as_of
        on lead_events.occurred_at <= as_of.observed_until
    left join assignments
        on lead_events.lead_id = assignments.lead_id
    where
        lead_events.event_type in ('sal', 'rejected')
        or (
            lead_events.event_type = 'junk'
            and lead_events.occurred_at >= assignments.assigned_at
        )

),

first_judgements as (

    select
        lead_id,
        judgement,
        judged_at,
        person_id

    from judgements
    where judgement_number = 1

)

select * from first_judgements
