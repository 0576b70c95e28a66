-- One row per flag of a campaign (briefed, presented, both): how many of its leads sales accepted,
-- with the flag against without it.

with

effects as (

    select * from {{ ref('fct_campaign_readiness_effect') }}

)

select
    readiness,
    {{ message('lead_quality.readiness', {'readiness': 'readiness'}) }} as readiness_label_message,
    cast(case readiness when 'briefed' then 1 when 'presented' then 2 else 3 end as integer)
        as sort_order,
    with_flights,
    with_judged_leads,
    cast(with_acceptance_rate as decimal(28, 6)) as with_acceptance_rate,
    without_flights,
    without_judged_leads,
    cast(without_acceptance_rate as decimal(28, 6)) as without_acceptance_rate,
    case
        when acceptance_rate_difference is null
            then {{ message('lead_quality.no_effect', {'with_leads': 'with_judged_leads'}) }}
        else {{ message('lead_quality.effect', {
            'sign': "case when acceptance_rate_difference < 0 then 'minus' else 'plus' end",
            'points': as_number(product('abs(acceptance_rate_difference)', 10, '100', 0), 1),
        }) }}
    end as effect_message

from effects
where with_flights > 0 or without_flights > 0
