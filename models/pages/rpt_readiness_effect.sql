-- One row per preparation of a campaign (briefed, presented, both): how many of its leads sales
-- accepted, with it against without it. Sums first, divided once.

with

flights as (

    select * from {{ ref('fct_campaign_readiness') }}

),

-- A flight that is not over counts on neither side.
decided_flights as (

    {% for flag in ['briefed', 'presented', 'ready'] %}
    select '{{ flag }}' as readiness, is_{{ flag }} as has_it, judged_leads, accepted_leads
    from flights
    where is_{{ flag }} is not null
    {% if not loop.last %}
    union all
    {% endif %}
    {% endfor %}

),

counted_sides as (

    select
        readiness,
        {% for side, condition in [('with', 'has_it'), ('without', 'not has_it')] %}
        cast(count(case when {{ condition }} then 1 end) as bigint) as {{ side }}_flights,
        {% for count in ['judged_leads', 'accepted_leads'] %}
        cast(sum(case when {{ condition }} then {{ count }} else 0 end) as bigint)
            as {{ side }}_{{ count }}{{ ',' if not loop.last }}
        {% endfor %}
        {{ ',' if not loop.last }}
        {% endfor %}

    from decided_flights
    group by readiness

),

compared_sides as (

    select
        *,
        cast(with_accepted_leads / nullif(with_judged_leads, 0) as decimal(28, 10)) as with_rate,
        cast(without_accepted_leads / nullif(without_judged_leads, 0) as decimal(28, 10))
            as without_rate

    from counted_sides

)

select
    readiness,
    {{ message('lead_quality.readiness', {'readiness': 'readiness'}) }} as readiness_label_message,
    cast(case readiness when 'briefed' then 1 when 'presented' then 2 else 3 end as integer)
        as sort_order,
    with_flights,
    with_judged_leads,
    cast(with_rate as decimal(28, 6)) as with_acceptance_rate,
    without_flights,
    without_judged_leads,
    cast(without_rate as decimal(28, 6)) as without_acceptance_rate,
    case
        when with_rate is null or without_rate is null
            then {{ message('lead_quality.no_effect', {'with_leads': 'with_judged_leads'}) }}
        else {{ message('lead_quality.effect', {
            'sign': "case when with_rate < without_rate then 'minus' else 'plus' end",
            'points': as_number(product('abs(with_rate - without_rate)', 10, '100', 0), 1),
        }) }}
    end as effect_message

from compared_sides
