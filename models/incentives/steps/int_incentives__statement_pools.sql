-- One row per payee, month of the statement, pool and department: the payout in the currency of the
-- statement, converted at the rate of the pool period's last day.

with

payouts as (

    select * from {{ ref('int_incentives__pool_payouts') }}

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
        coalesce(
            member_periods.currency_code,
            min(payouts.currency_code) over (
                partition by payouts.payee_id, payouts.statement_period_start
            )
        ) as statement_currency_code

    from payouts
    left join member_periods
        on payouts.payee_id = member_periods.payee_id
        and payouts.statement_period_start = member_periods.period_start

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
        *,
        {{ round_to_cents(product('payout_amount', 2, 'rate', 10)) }} as statement_amount,
        case
            when reason_message is not null then reason_message
            when rate is null
                then {{ message('pay.reason.no_rate', {
                    'from': 'currency_code', 'to': 'statement_currency_code',
                    'day': as_day('cast(' ~ dbt.dateadd('day', -1, 'period_end') ~ ' as date)')
                }) }}
        end as missing_message

    from priced_payouts

)

select * from statement_pools
