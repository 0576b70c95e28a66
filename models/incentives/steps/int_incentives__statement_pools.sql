-- One row per payee, month of the statement, pool and department: the payout in the currency of the
-- statement, converted at the rate of the pool period's last day.

with

payouts as (

    select * from {{ ref('int_incentives__pool_payouts') }}

),

pools as (

    select * from {{ ref('int_incentives__pool_amounts') }}

),

member_periods as (

    select * from {{ ref('int_incentives__member_periods') }}

),

rates as (

    select * from {{ ref('exchange_rates') }}

),

-- Whoever is in no plan of that month is paid in the currency of the pool.
addressed_payouts as (

    select
        payouts.*,
        pools.period_end,
        pools.statement_period_start,
        pools.currency_code,
        coalesce(
            member_periods.currency_code,
            min(pools.currency_code) over (
                partition by payouts.payee_id, pools.statement_period_start
            )
        ) as statement_currency_code,
        pools.is_final,
        pools.reason_message

    from payouts
    inner join pools
        on payouts.pool_id = pools.pool_id
        and payouts.period_start = pools.period_start
    left join member_periods
        on payouts.payee_id = member_periods.payee_id
        and pools.statement_period_start = member_periods.period_start

),

priced_payouts as (

    select
        payouts.*,
        case
            when payouts.currency_code = payouts.statement_currency_code
                then cast(1 as decimal(28, 10))
            else rates.rate
        end as rate

    from addressed_payouts as payouts
    left join rates
        on payouts.currency_code = rates.currency_code
        and payouts.statement_currency_code = rates.to_currency_code
        and {{ is_in_force('rates', dbt.dateadd('day', -1, 'payouts.period_end')) }}

),

statement_pools as (

    select
        payee_id,
        statement_period_start,
        pool_id,
        period_start,
        department_id,
        department_share,
        department_amount,
        active_days,
        payout_amount,
        currency_code,
        {{ round_to_cents(product('payout_amount', 2, 'rate', 10)) }} as statement_amount,
        statement_currency_code,
        is_final,
        case
            when reason_message is not null then reason_message
            when rate is null
                then {{ message('pay.reason.no_rate', {
                    'from': 'currency_code', 'to': 'statement_currency_code',
                    'day': as_day('cast(' ~ dbt.dateadd('day', -1, 'period_end') ~ ' as date)')
                }) }}
        end as reason_message

    from priced_payouts

)

select * from statement_pools
