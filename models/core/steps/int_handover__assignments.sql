-- One row per lead handed to sales: its first assignment, and the SLA terms of that day.

with

first_assignments as (

    select * from {{ ref('int_handover__first_assignments') }}

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
