-- One row per payee, month and component with tiers: the rate each kind of curve reads off them.

with

tiers as (

    select * from {{ ref('component_tiers') }}

),

-- Paid on the KPI's own value, tiers drawn in attainment become tiers in money: bound x target.
attainments as (

    select
        payee_id,
        period_start,
        component_id,
        payout_base,
        case
            when payout_basis = 'kpi_value' and measure = 'attainment' then target
            else cast(1 as decimal(24, 6))
        end as bound_unit

    from {{ ref('int_incentives__component_attainments') }}

),

-- After the last point a curve stays flat: there is no rise.
scaled_tiers as (

    select
        attainments.payee_id,
        attainments.period_start,
        attainments.component_id,
        attainments.payout_base,
        {{ product('tiers.tier_from', 4, 'attainments.bound_unit', 6) }} as slice_from,
        {{ product('tiers.tier_to', 4, 'attainments.bound_unit', 6) }} as slice_end,
        tiers.tier_from = 0 as is_bottom,
        tiers.tier_to is null as is_last,
        cast(tiers.tier_to - tiers.tier_from as decimal(28, 4)) as tier_width,
        cast(tiers.payout_rate as decimal(9, 4)) as payout_rate,
        lead(tiers.payout_rate) over (
            partition by attainments.payee_id, attainments.period_start, attainments.component_id
            order by tiers.tier_from
        ) - tiers.payout_rate as rate_rise

    from attainments
    inner join tiers
        on attainments.component_id = tiers.component_id
        and {{ is_in_force('tiers', 'attainments.period_start') }}

),

-- Tiers are half-open: exactly on the edge the upper tier is reached, its slice still empty. Money
-- paid back is counted at the rate of the tier that begins with the first cent.
measured_tiers as (

    select
        *,
        payout_base >= slice_from or (payout_base < 0 and is_bottom) as is_reached,
        slice_end is null or payout_base < slice_end as is_below_end,
        cast(least(payout_base, coalesce(slice_end, payout_base)) - slice_from as decimal(28, 10))
            as slice

    from scaled_tiers

),

tier_rates as (

    select
        payee_id,
        period_start,
        component_id,
        cast(sum(case when is_reached and is_below_end then payout_rate end) as decimal(9, 4))
            as top_rate,
        cast(sum(
            case when is_reached then {{ product('payout_rate', 4, 'slice', 10) }} end
        ) as decimal(38, 14)) as sum_of_slices,
        cast(sum(
            case
                when is_reached and is_below_end
                    then payout_rate + coalesce({{
                        exact_quotient(product('rate_rise', 4, 'slice', 10), 'tier_width')
                    }}, 0)
            end
        ) as decimal(38, 14)) as interpolated_rate,
        cast(sum(case when is_last then payout_rate end) as decimal(9, 4)) as last_rate

    from measured_tiers
    group by payee_id, period_start, component_id

)

select * from tier_rates
