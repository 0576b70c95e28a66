-- Tiers in force together leave no gap and no overlap: each begins where the one before it ends,
-- and only the last is open. Tiers of a multiplier begin at zero, so that every result has one.

{% for rule in [
    {'seed': 'component_tiers', 'key': 'component_id', 'starts_at_zero': false},
    {'seed': 'multiplier_tiers', 'key': 'multiplier_id', 'starts_at_zero': true},
] %}
select
    '{{ rule.seed }}' as rule,
    {{ rule.key }} as rule_key,
    day_of_change,
    tier_from,
    tier_to

from (
    select
        tiers.{{ rule.key }},
        days.day_of_change,
        tiers.tier_from,
        tiers.tier_to,
        lag(tiers.tier_to) over tiers_of_a_day as previous_tier_to,
        row_number() over tiers_of_a_day as tier_number,
        lead(tiers.tier_from) over tiers_of_a_day as next_tier_from

    from {{ ref(rule.seed) }} as tiers
    inner join (
        select distinct {{ rule.key }}, valid_from as day_of_change from {{ ref(rule.seed) }}
    ) as days
        on tiers.{{ rule.key }} = days.{{ rule.key }}
        and {{ in_force('tiers', 'days.day_of_change') }}
    window tiers_of_a_day as (
        partition by tiers.{{ rule.key }}, days.day_of_change
        order by tiers.tier_from
    )
) as neighbours
where
    tier_to <= tier_from
    or (tier_number > 1 and previous_tier_to is distinct from tier_from)
    or (next_tier_from is null and tier_to is not null)
    {% if rule.starts_at_zero %}
    or (tier_number = 1 and tier_from <> 0)
    {% endif %}
{% if not loop.last %}
union all
{% endif %}
{% endfor %}
