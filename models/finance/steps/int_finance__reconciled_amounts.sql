-- One row per month, check and currency: ad cost and cash as the sources delivered them and as the
-- facts and KPIs hold them, and the lines of pay with what they must sum to.

{% set own = "'" ~ var('company_currency') ~ "'" %}

with

loaded_spend as (

    select * from {{ ref('stg_files__ad_spend') }}

),

spend as (

    select * from {{ ref('fct_ad_spend_daily') }}

),

loaded_payments as (

    select * from {{ ref('stg_files__payments') }}

),

payments as (

    select * from {{ ref('fct_payments') }}

),

kpi_values as (

    select * from {{ ref('fct_kpi_values') }}
    where period_type = 'month' and numerator is not null

),

spend_kpi as (

    select * from kpi_values
    where kpi = 'spend' and scope_type = 'company'

),

company_cash_kpi as (

    select * from kpi_values
    where kpi = 'collected_revenue' and scope_type = 'company'

),

channel_cash_kpi as (

    select * from kpi_values
    where kpi = 'collected_revenue' and scope_type = 'channel'

),

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

    {{ reconciliation_sides([
        ('spend_delivered', 'loaded_spend', month_of('spend_date'), 'currency_code', 'spend_amount', 'in'),
        ('spend_delivered', 'spend', month_of('spend_date'), 'delivered_currency_code', 'delivered_spend_amount', 'out'),
        ('spend_reported', 'spend', month_of('spend_date'), own, 'spend_amount', 'in'),
        ('spend_reported', 'spend_kpi', 'period_start', own, 'numerator', 'out'),
        ('cash_delivered', 'loaded_payments', month_of('paid_date'), 'currency_code', 'net_amount', 'in'),
        ('cash_delivered', 'payments', month_of('paid_date'), 'delivered_currency_code', 'delivered_net_amount', 'out'),
        ('cash_reported', 'payments', month_of('paid_date'), own, 'collected_amount', 'in'),
        ('cash_reported', 'company_cash_kpi', 'period_start', own, 'numerator', 'out'),
        ('channel_credit', 'company_cash_kpi', 'period_start', own, 'numerator', 'in'),
        ('channel_credit', 'channel_cash_kpi', 'period_start', own, 'numerator', 'out'),
        ('lines', 'lines', 'period_start', 'currency_code', 'amount', 'in'),
        ('lines', 'statements', 'period_start', 'currency_code', 'payable_amount', 'out'),
        ('pools', 'pools', 'statement_period_start', 'currency_code', 'pool_amount', 'in'),
        ('pools', 'payouts', 'statement_period_start', 'currency_code', 'payout_amount', 'out'),
        ('pool_parts', 'payouts', 'statement_period_start', 'currency_code', 'payout_amount', 'in'),
        ('pool_parts', 'statements', 'period_start', 'currency_code', 'pool_amount', 'out'),
    ]) }}

),

reconciled_amounts as (

    select
        check_id,
        period_start,
        unit,
        cast(sum(amount_in) as decimal(24, 6)) as amount_in,
        cast(sum(amount_out) as decimal(24, 6)) as amount_out

    from sides
    group by check_id, period_start, unit

)

select * from reconciled_amounts
