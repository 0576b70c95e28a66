-- One row per pool and period: the share of a KPI's amount above the threshold that is paid out, or
-- the prize for reaching it, in the currency of the pool.

with

kpi_values as (

    select * from {{ ref('int_incentives__kpi_values') }}

),

pools as (

    select * from {{ ref('pools') }}

),

periods as (

    select distinct
        period_type,
        period_start,
        period_end

    from {{ ref('fct_kpi_values') }}
    where period_type in ('month', 'quarter') and value is not null

),

pool_values as (

    select
        pools.pool_id,
        pools.pool_name,
        periods.period_type,
        periods.period_start,
        periods.period_end,
        pools.kpi,
        pools.scope_type,
        pools.scope_id,
        cast(pools.threshold_amount as decimal(28, 2)) as threshold_amount,
        cast(pools.pool_share as decimal(9, 4)) as pool_share,
        cast(pools.prize_amount as decimal(28, 2)) as prize_amount,
        pools.currency_code,
        kpi_values.value,
        kpi_values.target,
        kpi_values.attainment,
        coalesce(kpi_values.is_final, false) as is_final,
        case
            when kpi_values.kpi is null
                then {{ message('pay.reason.not_published', {
                    'kpi': 'pools.kpi', 'scope_type': 'pools.scope_type', 'scope': 'pools.scope_id'
                }) }}
            else {{ missing_value_message('pools') }}
        end as reason_message

    from pools
    inner join periods
        on pools.period_type = periods.period_type
        and {{ is_in_force('pools', 'periods.period_start') }}
    left join kpi_values
        on pools.kpi = kpi_values.kpi
        and pools.scope_type = kpi_values.scope_type
        and pools.scope_id = kpi_values.scope_id
        and periods.period_type = kpi_values.period_type
        and periods.period_start = kpi_values.period_start
        and pools.currency_code = kpi_values.currency_code

),

pool_amounts as (

    select
        *,
        cast({{ dbt.date_trunc('month', dbt.dateadd('day', -1, 'period_end')) }} as date)
            as statement_period_start,
        case
            when value >= threshold_amount and prize_amount is not null then prize_amount
            when value > threshold_amount
                then {{ round_to_cents(product('value - threshold_amount', 10, 'pool_share', 4)) }}
            when value <= threshold_amount then cast(0 as decimal(28, 2))
        end as pool_amount

    from pool_values

)

select * from pool_amounts
