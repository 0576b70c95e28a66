-- A better result never meets a lower tier. Marginal rates may fall (each slice keeps its own), the
-- rates of steps and lines and the multipliers may not.

with

scales_of_factors as (

    select distinct component_id
    from {{ ref('plan_components') }}
    where curve in ('step', 'interpolated')

),

component_tiers as (

    select
        tiers.component_id as scale_id,
        tiers.tier_from,
        tiers.valid_from,
        tiers.payout_rate as rate,
        lag(tiers.payout_rate) over (
            partition by tiers.component_id, tiers.valid_from
            order by tiers.tier_from
        ) as lower_rate

    from {{ ref('component_tiers') }} as tiers
    inner join scales_of_factors
        on tiers.component_id = scales_of_factors.component_id

),

multiplier_tiers as (

    select
        multiplier_id as scale_id,
        tier_from,
        valid_from,
        multiplier as rate,
        lag(multiplier) over (
            partition by multiplier_id, valid_from
            order by tier_from
        ) as lower_rate

    from {{ ref('multiplier_tiers') }}

),

all_tiers as (

    select * from component_tiers

    union all

    select * from multiplier_tiers

)

select * from all_tiers
where rate < lower_rate
