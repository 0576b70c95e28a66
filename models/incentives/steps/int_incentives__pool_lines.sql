-- One row per payee, month and pool: the line with the payee's part of a shared pool.
-- A quarter's pool stands on the statement of the quarter's last month.

with

payouts as (

    select * from {{ ref('int_incentives__statement_pools') }}

),

pools as (

    select * from {{ ref('int_incentives__pool_amounts') }}

),

pool_lines as (

    select
        payouts.payee_id,
        pools.statement_period_start as period_start,
        row_number() over (
            partition by payouts.payee_id, pools.statement_period_start
            order by pools.pool_id, payouts.department_id
        ) as line_order,
        'pool' as line_type,
        pools.pool_name,
        case
            when payouts.reason_message is not null
                then {{ message('pay.not_available', {
                    'reason': as_message('payouts.reason_message')
                }) }}
            when pools.value <= pools.threshold_amount
                then {{ message('pay.pool.nothing', {
                    'value': as_number('pools.value', 10),
                    'threshold': as_exact_money('pools.threshold_amount', 'pools.currency_code')
                }) }}
            else {{ message('pay.pool.shared', {
                'share': as_percent('pools.pool_share', 12),
                'value': as_number('pools.value', 10),
                'threshold': as_exact_money('pools.threshold_amount', 'pools.currency_code'),
                'pool': as_exact_money('pools.pool_amount', 'pools.currency_code'),
                'amount': as_exact_money('payouts.department_amount', 'pools.currency_code'),
                'department': 'payouts.department_id',
                'payout': as_exact_money(
                    'case when payouts.statement_currency_code <> payouts.currency_code'
                    ~ ' then payouts.payout_amount end', 'payouts.currency_code'
                ),
                'currency': 'payouts.statement_currency_code'
            }) }}
        end as explanation_message,
        pools.kpi,
        pools.scope_type,
        pools.scope_id,
        pools.value,
        pools.target,
        pools.attainment,
        cast(null as decimal(38, 14)) as factor,
        payouts.statement_amount as amount

    from payouts
    inner join pools
        on payouts.pool_id = pools.pool_id
        and payouts.period_start = pools.period_start

)

select * from pool_lines
