-- A misspelt term or unit would silently leave the old one in force.

select
    term,
    unit

from {{ ref('sla_terms') }}
where not coalesce(
    (term = 'first_response' and unit in ('business_minutes', 'business_hours'))
    or (term = 'ignored_after' and unit = 'business_days')
    or (term = 'feedback_after' and unit = 'days'),
    false
)
