-- One row per lead handed to sales: its first assignment, and the SLA terms of that day.

with

lead_events as (

    select * from {{ ref('stg_files__lead_events') }}

),

as_of as (

    select * from {{ ref('int_ops__as_of') }}

),

sla_terms as (

    select * from {{ ref('sla_terms') }}

),

ordered_assignments as (

    select
        lead_events.lead_id,
        lead_events.person_id,
        lead_events.occurred_at,
        lead_events.occurred_date,
        row_number() over (
            partition by lead_events.lead_id
            order by lead_events.occurred_at, lead_events.event_id
        ) as assignment_number,
        lag(coalesce(lead_events.person_id, '')) over (
            partition by lead_events.lead_id
            order by lead_events.occurred_at, lead_events.event_id
        ) as previous_person_id

    from lead_events
    inner join as_of
        on lead_events.occurred_at <= as_of.observed_until
    where lead_events.event_type = 'assigned'

),

-- The same assignment delivered twice is not a re-assignment.
counted_assignments as (

    select
        lead_id,
        sum(case when previous_person_id != coalesce(person_id, '') then 1 else 0 end)
            as reassignment_count

    from ordered_assignments
    group by lead_id

),

first_assignments as (

    select * from ordered_assignments
    where assignment_number = 1

),

dated_assignments as (

    select
        first_assignments.lead_id,
        first_assignments.person_id,
        first_assignments.occurred_at as assigned_at,
        first_assignments.occurred_date as assigned_date,
        counted_assignments.reassignment_count,
        max(
            case
                when sla_terms.term != 'first_response' then null
                when sla_terms.unit = 'business_hours' then sla_terms.value * 60
                else sla_terms.value
            end
        ) as first_response_minutes_allowed,
        max(case when sla_terms.term = 'ignored_after' then sla_terms.value end)
            as ignored_after_business_days,
        max(case when sla_terms.term = 'feedback_after' then sla_terms.value end)
            as feedback_after_days

    from first_assignments
    inner join counted_assignments
        on first_assignments.lead_id = counted_assignments.lead_id
    left join sla_terms
        on {{ is_in_force('sla_terms', 'first_assignments.occurred_date') }}
    group by
        first_assignments.lead_id,
        first_assignments.person_id,
        first_assignments.occurred_at,
        first_assignments.occurred_date,
        counted_assignments.reassignment_count

)

select * from dated_assignments
