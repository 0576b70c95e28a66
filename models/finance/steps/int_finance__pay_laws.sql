-- One row per month, law and currency: the lines of pay, and what they must sum to.

with

statements as (

    select * from {{ ref('fct_bonus_statements') }}

),

lines as (

    select * from {{ ref('fct_bonus_statement_lines') }}

),

payouts as (

    select * from {{ ref('fct_pool_payouts') }}

),

pools as (

    select * from {{ ref('int_incentives__pool_amounts') }}

),

sides as (

    {{ law_sides([
        ('lines', 'lines', 'period_start', 'currency_code', 'amount', 'in'),
        ('lines', 'statements', 'period_start', 'currency_code', 'payable_amount', 'out'),
        ('pools', 'pools', 'statement_period_start', 'currency_code', 'pool_amount', 'in'),
        ('pools', 'payouts', 'statement_period_start', 'currency_code', 'payout_amount', 'out'),
        (
            'pool_parts', 'payouts', 'statement_period_start', 'statement_currency_code',
            'statement_amount', 'in'
        ),
        ('pool_parts', 'statements', 'period_start', 'currency_code', 'pool_amount', 'out'),
    ]) }}

),

laws as (

    select
        law,
        period_start,
        unit,
        cast(sum(amount_in) as decimal(24, 6)) as amount_in,
        cast(sum(amount_out) as decimal(24, 6)) as amount_out

    from sides
    group by law, period_start, unit

)

select * from laws
