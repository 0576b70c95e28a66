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
        pools.pool_name as label,
        case
            when payouts.reason is not null then 'not available: ' || payouts.reason
            when pools.value <= pools.threshold_amount
                then 'nothing to share: ' || {{ number_text('pools.value') }} || ' is not above '
                    || {{ number_text('pools.threshold_amount') }}
            else
                {{ share_text('pools.pool_share') }} || ' of what '
                || {{ number_text('pools.value') }} || ' is above '
                || {{ number_text('pools.threshold_amount') }} || ' = '
                || {{ number_text('pools.pool_amount') }} || '; '
                || {{ number_text('payouts.department_amount') }} || ' for '
                || payouts.department_id || ', shared by weight'
                || case
                    when payouts.statement_currency_code <> payouts.currency_code
                        then ': ' || {{ number_text('payouts.payout_amount') }} || ' '
                            || payouts.currency_code || ' converted to '
                            || payouts.statement_currency_code
                    else ''
                end
        end as explanation,
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
