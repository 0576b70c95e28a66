-- One row per payee, month, component and tier the attainment has reached: the slice within it.

with

attainments as (

    select * from {{ ref('int_incentives__component_attainments') }}

),

tiers as (

    select * from {{ ref('int_incentives__component_tiers') }}

),

-- Paid on the KPI's own value, tiers drawn in attainment become tiers in money: bound x target.
scaled_attainments as (

    select
        payee_id,
        period_start,
        component_id,
        paid_on,
        case
            when payout_basis = 'kpi_value' and measure = 'attainment' then target
            else cast(1 as decimal(24, 6))
        end as bound_unit

    from attainments

),

scaled_tiers as (

    select
        scaled_attainments.*,
        {{ product('tiers.tier_from', 4, 'scaled_attainments.bound_unit', 6) }} as slice_from,
        {{ product('tiers.tier_to', 4, 'scaled_attainments.bound_unit', 6) }} as slice_end,
        cast(tiers.tier_to - tiers.tier_from as decimal(28, 4)) as tier_width,
        tiers.payout_rate,
        tiers.rate_rise

    from scaled_attainments
    inner join tiers
        on scaled_attainments.component_id = tiers.component_id
        and scaled_attainments.period_start = tiers.period_start

),

-- Tiers are half-open: exactly on the edge the upper tier is reached, its slice still empty.
reached_tiers as (

    select
        payee_id,
        period_start,
        component_id,
        slice_from,
        payout_rate,
        rate_rise,
        tier_width,
        slice_end is null or paid_on < slice_end as is_top,
        cast(least(paid_on, coalesce(slice_end, paid_on)) - slice_from as decimal(28, 10)) as slice

    from scaled_tiers
    where paid_on >= slice_from

)

select * from reached_tiers
