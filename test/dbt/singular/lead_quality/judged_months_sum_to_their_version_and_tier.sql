-- What the months of a version or tier counted is what the version or tier counts in all, and all
-- tiers hold what all leads brought.

with

quality as (

    select * from {{ ref('fct_qualification_quality') }}

),

tier_results as (

    select * from {{ ref('fct_tier_results') }}

),

counted_sides as (

    select
        'version ' || coalesce(cast(rule_version as varchar), 'none') as whole,
        case period_type when 'month' then 1 else -1 end as side,
        leads,
        coalesce(judged_leads, 0) as judged_leads,
        coalesce(qualified_leads, 0) as qualified_leads,
        coalesce(collected_leads, 0) as collected_leads,
        0 as collected_amount

    from quality

    union all

    select
        'tier ' || tier as whole,
        case period_type when 'month' then 1 else -1 end as side,
        leads,
        coalesce(judged_leads, 0) as judged_leads,
        0 as qualified_leads,
        coalesce(collected_leads, 0) as collected_leads,
        coalesce(collected_amount, 0) as collected_amount

    from tier_results

)

select whole
from counted_sides
group by whole
having
    sum(side * leads) != 0
    or sum(side * judged_leads) != 0
    or sum(side * qualified_leads) != 0
    or sum(side * collected_leads) != 0
    or sum(side * collected_amount) != 0
