-- One row per payee, month and component: target x weight x factor, exact, before the company's
-- result. Amounts are multiplied by the days of the month, by which the total is divided once.

with

member_periods as (

    select * from {{ ref('int_incentives__member_periods') }}

),

factors as (

    select * from {{ ref('int_incentives__component_factors') }}

),

-- What is paid on the KPI's own value has no target amount to prorate.
paid_factors as (

    select
        factors.*,
        member_periods.period_days,
        case factors.payout_basis
            when 'target_amount'
                then {{ product('factors.weight', 4, 'member_periods.target_amount_days', 2) }}
            when 'kpi_value'
                then {{ product('factors.weight', 4, 'member_periods.period_days', 2) }}
        end as weighted_amount_days

    from factors
    inner join member_periods
        on factors.payee_id = member_periods.payee_id
        and factors.period_start = member_periods.period_start

),

component_amounts as (

    select
        payee_id,
        period_start,
        period_days,
        component_id,
        component_order,
        is_final,
        reason,
        cast({{ product('weighted_amount_days', 6, 'curve_factor', 14) }} as decimal(38, 16))
            as own_amount_days,
        cast({{ product('weighted_amount_days', 6, 'factor', 14) }} as decimal(38, 16))
            as component_amount_days

    from paid_factors

)

select * from component_amounts
