-- One row per flag of a campaign (briefed, presented, both): how many of its leads sales accepted,
-- with the flag against without it.

with

effects as (

    select * from {{ ref('fct_campaign_readiness_effect') }}

)

select
    readiness,
    case readiness
        when 'briefed' then 'Sales was briefed before the start'
        when 'presented' then 'Results were presented after the end'
        else 'Both'
    end as readiness_label,
    cast(case readiness when 'briefed' then 1 when 'presented' then 2 else 3 end as integer)
        as sort_order,
    with_flights,
    with_judged_leads,
    cast(with_acceptance_rate as decimal(28, 6)) as with_acceptance_rate,
    without_flights,
    without_judged_leads,
    cast(without_acceptance_rate as decimal(28, 6)) as without_acceptance_rate,
    case
        when acceptance_rate_difference is null then unknown_effect_reason
        else {{ signed_text(product('acceptance_rate_difference', 10, '100', 0), 1) }} || ' points'
    end as effect_text

from effects
where with_flights > 0 or without_flights > 0
