-- A misspelt term or unit would silently leave the old one in force.

select
    term,
    unit

from {{ ref('sla_terms') }}
where
    case term
        when 'first_response' then unit not in ('business_minutes', 'business_hours')
        when 'ignored_after' then unit != 'business_days'
        when 'feedback_after' then unit != 'days'
        else true
    end
