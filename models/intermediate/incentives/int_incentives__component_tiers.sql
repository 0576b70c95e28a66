-- One row per component, month and tier in force: bounds, rate, and the rise to the next tier.

with

component_tiers as (

    select * from {{ ref('component_tiers') }}

),

months as (

    select distinct period_start from {{ ref('int_incentives__member_periods') }}

),

tiers_in_force as (

    select
        component_tiers.component_id,
        months.period_start,
        cast(component_tiers.tier_from as decimal(28, 4)) as tier_from,
        cast(component_tiers.tier_to as decimal(28, 4)) as tier_to,
        cast(component_tiers.payout_rate as decimal(9, 4)) as payout_rate

    from component_tiers
    inner join months
        on {{ in_force('component_tiers', 'months.period_start') }}

),

-- After the last point a curve stays flat.
rising_tiers as (

    select
        component_id,
        period_start,
        tier_from,
        tier_to,
        payout_rate,
        coalesce(
            lead(payout_rate) over (
                partition by component_id, period_start
                order by tier_from
            ) - payout_rate,
            0
        ) as rate_rise

    from tiers_in_force

)

select * from rising_tiers
