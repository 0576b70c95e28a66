-- One row per lead handed to sales: to whom it was first assigned, how often it moved on, and the
-- SLA terms of that day.

with

lead_events as (

    select * from {{ ref('stg_files__lead_events') }}

),

as_of as (

    select * from {{ ref('dim_as_of') }}

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
        count(case when previous_person_id != coalesce(person_id, '') then 1 end)
            as reassignment_count

    from ordered_assignments
    group by lead_id

),

first_assignments as (

    select
        ordered_assignments.lead_id,
        ordered_assignments.person_id,
        ordered_assignments.occurred_at as assigned_at,
        ordered_assignments.occurred_date as assigned_date,
        counted_assignments.reassignment_count

    from ordered_assignments
    inner join counted_assignments
        on ordered_assignments.lead_id = counted_assignments.lead_id
    where ordered_assignments.assignment_number = 1

),

sla_terms as (

    select * from {{ ref('sla_terms') }}

),

dated_assignments as (

    select
        first_assignments.lead_id,
        first_assignments.person_id,
        first_assignments.assigned_at,
        first_assignments.assigned_date,
        first_assignments.reassignment_count,
        cast(
            max(
                case
                    when sla_terms.term != 'first_response' then null
                    when sla_terms.unit = 'business_hours'
                        then {{ product('sla_terms.value', 2, '60', 0) }}
                    else sla_terms.value
                end
            ) as bigint
        ) as first_response_minutes_allowed,
        cast(max(case when sla_terms.term = 'ignored_after' then sla_terms.value end) as bigint)
            as ignored_after_business_days,
        cast(max(case when sla_terms.term = 'feedback_after' then sla_terms.value end) as bigint)
            as feedback_after_days

    from first_assignments
    left join sla_terms
        on {{ is_in_force('sla_terms', 'first_assignments.assigned_date') }}
    group by
        first_assignments.lead_id,
        first_assignments.person_id,
        first_assignments.assigned_at,
        first_assignments.assigned_date,
        first_assignments.reassignment_count

)

select * from dated_assignments
