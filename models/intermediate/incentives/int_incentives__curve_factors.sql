-- One row per payee, month and component: what its curve makes of the attainment, before any gate.
-- A share of the target amount, or money where the component is paid on the KPI's own value.

with

component_attainments as (

    select * from {{ ref('int_incentives__component_attainments') }}

),

tier_rates as (

    select * from {{ ref('int_incentives__tier_rates') }}

),

-- What the rate of a step is a share of: all that was attained, or the whole target.
attainments as (

    select
        *,
        case payout_basis when 'kpi_value' then paid_on else cast(1 as decimal(28, 10)) end as whole

    from component_attainments

),

-- "step" pays the rate of the tier reached on the whole, "marginal" each slice at its own rate.
curve_results as (

    select
        attainments.payee_id,
        attainments.period_start,
        attainments.component_id,
        attainments.measured,
        attainments.threshold,
        attainments.cap,
        cast(coalesce(
            case attainments.curve
                when 'linear' then attainments.paid_on
                when 'step' then tier_rates.top_rate * attainments.whole
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

bounded_factors as (

    select
        payee_id,
        period_start,
        component_id,
        case
            when measured is null then null
            when measured < threshold then 0
            else least(result, coalesce(cap, result))
        end as curve_factor

    from curve_results

)

select * from bounded_factors
