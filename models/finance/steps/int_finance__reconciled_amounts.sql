-- One row per check, month (or all data), subject and currency: ad cost, cash and credit as they
-- were delivered and as facts and KPIs hold them, and the lines of pay with what they must sum to.

{% set own = "'" ~ var('company_currency') ~ "'" %}
{% set spend_month = month_of('spend_date') %}
{% set paid_month = month_of('paid_date') %}

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

-- A month with a missing exchange rate, or dated ahead, no KPI shows yet.
counted_spend as (

    select spend.* from spend
    inner join spend_kpi
        on {{ month_of('spend.spend_date') }} = spend_kpi.period_start
    where spend.spend_date <= (select as_of_date from {{ ref('dim_as_of') }})

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

    select distinct
        pool_id,
        period_start,
        statement_period_start,
        currency_code,
        pool_amount

    from payouts

),

model_names as (

    select
        model,
        max(model_label) as model_label

    from {{ ref('attribution_models') }}
    group by model

),

-- What a model divides: each deal it gives credit for, once.
credited_deals as (

    select
        model_names.model_label,
        max(case when deals.status = 'won' then deals.booked_amount else 0 end) as booked_amount,
        max(coalesce(deals.collected_amount, 0)) as collected_amount,
        sum(credit.credited_booked_amount) as credited_booked_amount,
        sum(credit.credited_collected_amount) as credited_collected_amount,
        case when sum(credit.credit_share) = 1 then 1 else 0 end as whole_count

    from {{ ref('fct_attribution_credit') }} as credit
    inner join {{ ref('dim_deals') }} as deals
        on credit.deal_id = deals.deal_id
    inner join model_names
        on credit.model = model_names.model
    group by model_names.model_label, credit.deal_id

),

sides as (

    {% set loaded = 'delivered_currency_code' %}
    {{ reconciliation_sides([
        ('spend_delivered', 'loaded_spend', spend_month, "''", 'currency_code', 'spend_amount', 'in'),
        ('spend_delivered', 'spend', spend_month, "''", loaded, 'delivered_spend_amount', 'out'),
        ('spend_reported', 'spend', spend_month, "''", own, 'spend_amount', 'in'),
        ('spend_reported', 'spend_kpi', 'period_start', "''", own, 'numerator', 'out'),
        ('cash_delivered', 'loaded_payments', paid_month, "''", 'currency_code', 'net_amount', 'in'),
        ('cash_delivered', 'payments', paid_month, "''", loaded, 'delivered_net_amount', 'out'),
        ('cash_reported', 'payments', paid_month, "''", own, 'collected_amount', 'in'),
        ('cash_reported', 'company_cash_kpi', 'period_start', "''", own, 'numerator', 'out'),
        ('channel_credit', 'company_cash_kpi', 'period_start', "''", own, 'numerator', 'in'),
        ('channel_credit', 'channel_cash_kpi', 'period_start', "''", own, 'numerator', 'out'),
        ('lines', 'lines', 'period_start', "''", 'currency_code', 'amount', 'in'),
        ('lines', 'statements', 'period_start', "''", 'currency_code', 'payable_amount', 'out'),
        ('pools', 'pools', 'statement_period_start', "''", 'currency_code', 'pool_amount', 'in'),
        ('pools', 'payouts', 'statement_period_start', "''", 'currency_code', 'payout_amount', 'out'),
        ('pool_parts', 'payouts', 'statement_period_start', "''", 'currency_code', 'payout_amount', 'in'),
        ('pool_parts', 'statements', 'period_start', "''", 'currency_code', 'pool_amount', 'out'),
        ('spend_by_platform', 'loaded_spend', 'null', 'platform', 'currency_code', 'spend_amount', 'in'),
        ('spend_by_platform', 'spend', 'null', 'platform', loaded, 'delivered_spend_amount', 'out'),
        ('spend_by_platform', 'counted_spend', 'null', "'all_platforms'", own, 'spend_amount', 'in'),
        ('spend_by_platform', 'spend_kpi', 'null', "'all_platforms'", own, 'numerator', 'out'),
        ('booked_credit', 'credited_deals', 'null', 'model_label', own, 'booked_amount', 'in'),
        ('booked_credit', 'credited_deals', 'null', 'model_label', own, 'credited_booked_amount', 'out'),
        ('collected_credit', 'credited_deals', 'null', 'model_label', own, 'collected_amount', 'in'),
        ('collected_credit', 'credited_deals', 'null', 'model_label', own, 'credited_collected_amount', 'out'),
        ('credit_shares', 'credited_deals', 'null', 'model_label', "'deals'", '1', 'in'),
        ('credit_shares', 'credited_deals', 'null', 'model_label', "'deals'", 'whole_count', 'out'),
    ]) }}

),

reconciled_amounts as (

    select
        check_id,
        period_start,
        subject,
        unit,
        cast(coalesce(sum(amount_in), 0) as decimal(24, 6)) as amount_in,
        cast(coalesce(sum(amount_out), 0) as decimal(24, 6)) as amount_out

    from sides
    group by check_id, period_start, subject, unit

)

-- What neither went in nor came out of all data proves nothing.
select * from reconciled_amounts
where period_start is not null or amount_in != 0 or amount_out != 0
