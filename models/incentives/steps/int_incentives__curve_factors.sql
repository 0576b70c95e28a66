-- One row per payee, month and component: what its curve makes of the attainment, before any gate.
-- A share of the target amount, or money where the component is paid on the KPI's own value.

with

-- What the rate of a step is a share of: all that was attained, or the whole target.
attainments as (

    select
        *,
        case payout_basis when 'kpi_value' then payout_base else cast(1 as decimal(28, 10)) end
            as rated_base

    from {{ ref('int_incentives__component_attainments') }}

),

tier_rates as (

    select * from {{ ref('int_incentives__tier_rates') }}

),

-- "step" pays the rate of the tier reached on the whole, "marginal" each slice at its own rate. The
-- last tier is open: no attainment leads past it.
curve_results as (

    select
        attainments.*,
        case
            when attainments.curve in ('linear', 'marginal') then attainments.cap
            else least(tier_rates.last_rate, coalesce(attainments.cap, tier_rates.last_rate))
        end as highest_factor,
        cast(coalesce(
            case attainments.curve
                when 'linear' then attainments.payout_base
                when 'step'
                    then {{ product('tier_rates.top_rate', 4, 'attainments.rated_base', 10) }}
                when 'marginal' then tier_rates.sum_of_slices
                when 'interpolated' then tier_rates.interpolated_rate
            end, 0
        ) as decimal(38, 14)) as result

    from attainments
    left join tier_rates
        on attainments.payee_id = tier_rates.payee_id
        and attainments.period_start = tier_rates.period_start
        and attainments.component_id = tier_rates.component_id

),

-- A threshold keeps from being paid, not from giving back.
bounded_factors as (

    select
        payee_id,
        period_start,
        component_id,
        case
            when is_highest_factor then highest_factor
            when payout_base is null then null
            when earns_nothing or (measured < threshold and payout_base >= 0) then 0
            else least(result, coalesce(cap, result))
        end as curve_factor

    from curve_results

)

select * from bounded_factors
