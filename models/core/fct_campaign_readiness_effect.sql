-- One row per preparation (briefed, presented, both): acceptance of leads with it against without.

with

campaign_readiness as (

    select * from {{ ref('fct_campaign_readiness') }}

),

flags as (

    {% for flag in ['briefed', 'presented', 'ready'] %}
    select '{{ flag }}' as readiness, is_{{ flag }} as has_it, leads, judged_leads, accepted_leads
    from campaign_readiness
    union all
    {% endfor %}
    {% for flag in ['briefed', 'presented', 'ready'] %}
    -- A row each, also where no flight is declared.
    select '{{ flag }}' as readiness, null as has_it, null, null, null
    {% if not loop.last %}
    union all
    {% endif %}
    {% endfor %}

),

group_counts as (

    select
        readiness,
        {% for group, condition in [('with', 'has_it'), ('without', 'not has_it')] %}
        cast(count(case when {{ condition }} then 1 end) as bigint) as {{ group }}_flights,
        {% for count in ['leads', 'judged_leads', 'accepted_leads'] %}
        cast(coalesce(sum(case when {{ condition }} then {{ count }} end), 0) as bigint)
            as {{ group }}_{{ count }},
        {% endfor %}
        {% endfor %}
        cast(count(leads) - count(has_it) as bigint) as undecided_flights

    from flags
    group by readiness

),

group_rates as (

    select
        *,
        {{ exact_ratio('with_accepted_leads', 'with_judged_leads') }} as with_acceptance_rate,
        {{ exact_ratio('without_accepted_leads', 'without_judged_leads') }}
            as without_acceptance_rate

    from group_counts

),

effects as (

    select
        readiness,
        with_flights,
        with_leads,
        with_judged_leads,
        with_accepted_leads,
        with_acceptance_rate,
        without_flights,
        without_leads,
        without_judged_leads,
        without_accepted_leads,
        without_acceptance_rate,
        undecided_flights,
        cast(with_acceptance_rate - without_acceptance_rate as decimal(28, 10))
            as acceptance_rate_difference,
        case
            when with_flights + without_flights = 0 then 'no flight of a campaign is decided'
            when with_judged_leads = 0 then 'sales judged no lead of a flight with it'
            when without_judged_leads = 0 then 'sales judged no lead of a flight without it'
        end as unknown_effect_reason

    from group_rates

)

select * from effects
