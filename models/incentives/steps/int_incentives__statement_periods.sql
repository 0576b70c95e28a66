-- One row per payee and month with a statement: the plan that pays, or none where only a pool does.
-- Whoever left before their pool is paid has earned their part of it all the same.

with

member_periods as (

    select * from {{ ref('int_incentives__member_periods') }}

),

pools as (

    select * from {{ ref('int_incentives__statement_pools') }}

),

months as (

    select * from {{ ref('int_incentives__periods') }}
    where period_type = 'month'

),

pool_periods as (

    select
        pools.payee_id,
        months.period_start,
        months.period_end,
        min(pools.department_id) as department_id,
        min(pools.statement_currency_code) as currency_code

    from pools
    inner join months
        on pools.statement_period_start = months.period_start
    left join member_periods
        on pools.payee_id = member_periods.payee_id
        and months.period_start = member_periods.period_start
    where member_periods.payee_id is null
    group by pools.payee_id, months.period_start, months.period_end

),

statement_periods as (

    select
        payee_id,
        plan_id,
        period_start,
        period_end,
        period_days,
        active_days,
        target_amount,
        plan_version,
        plan_name,
        department_id,
        currency_code,
        plan_valid_from,
        plan_valid_to

    from member_periods

    union all

    select
        payee_id,
        null as plan_id,
        period_start,
        period_end,
        cast({{ datediff(
            'period_start', 'period_end', 'day'
        ) }} as integer) as period_days,
        0 as active_days,
        cast(0 as decimal(28, 2)) as target_amount,
        null as plan_version,
        null as plan_name,
        department_id,
        currency_code,
        null as plan_valid_from,
        null as plan_valid_to

    from pool_periods

)

select * from statement_periods
