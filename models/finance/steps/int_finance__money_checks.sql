{% set own = "'" ~ var('company_currency') ~ "'" %}
{% set loaded = 'delivered_currency_code' %}
{% set spend_month, paid_month = month_of('spend_date'), month_of('paid_date') %}
{% set loaded_spend %}
(select * from {{ ref('stg_files__ad_spend') }} where {{ has_come('spend_date') }}) as loaded
{% endset %}
{% set loaded_cash %}
(select * from {{ ref('stg_files__payments') }} where {{ has_come('paid_date') }}) as loaded
{% endset %}
{% set spend, cash = ref('fct_ad_spend_daily'), ref('fct_payments') %}
{% set lines, statements = ref('fct_bonus_statement_lines'), ref('fct_bonus_statements') %}
{% set payouts, pool_month = ref('fct_pool_payouts'), 'statement_period_start' %}

-- One row per check, month (or all data), subject and currency: ad cost, cash and credit as they
-- were delivered and as facts and KPIs hold them, the lines of pay and what they must sum to, and
-- whether what went in came out.

with

kpi_values as (

    select * from {{ ref('fct_kpi_values') }}
    where period_type = 'month' and numerator is not null

),

{% for name, kpi, scope_type in [
    ('spend_kpi', 'spend', 'company'),
    ('company_cash_kpi', 'collected_revenue', 'company'),
    ('channel_cash_kpi', 'collected_revenue', 'channel'),
] %}
{{ name }} as (

    select * from kpi_values
    where kpi = '{{ kpi }}' and scope_type = '{{ scope_type }}'

),
{% endfor %}

-- Spend of a month without an exchange rate, or dated ahead, is in no KPI yet.
counted_spend as (

    select spend.* from {{ spend }} as spend
    inner join spend_kpi
        on {{ month_of('spend.spend_date') }} = spend_kpi.period_start
    where {{ has_come('spend.spend_date') }}

),

pools as (

    select distinct pool_id, period_start, statement_period_start, currency_code, pool_amount
    from {{ payouts }}

),

-- What a model divides: each deal it gives credit for, once.
credited_deals as (

    select
        models.model_label,
        max(case when deals.status = 'won' then deals.booked_amount else 0 end) as booked_amount,
        max(coalesce(deals.collected_amount, 0)) as collected_amount,
        sum(credit.credited_booked_amount) as credited_booked_amount,
        sum(credit.credited_collected_amount) as credited_collected_amount,
        case when sum(credit.credit_share) = 1 then 1 else 0 end as whole_count

    from {{ ref('fct_attribution_credit') }} as credit
    inner join {{ ref('dim_deals') }} as deals
        on credit.deal_id = deals.deal_id
    inner join (
        select model, max(model_label) as model_label from {{ ref('attribution_models') }}
        group by model
    ) as models
        on credit.model = models.model
    group by models.model_label, credit.deal_id

),

sides as (

    {{ reconciliation_sides([
        ('spend_delivered', loaded_spend, spend_month, "''", 'currency_code', 'spend_amount', 'in'),
        ('spend_delivered', spend, spend_month, "''", loaded, 'delivered_spend_amount', 'out'),
        ('spend_reported', spend, spend_month, "''", own, 'spend_amount', 'in'),
        ('spend_reported', 'spend_kpi', 'period_start', "''", own, 'numerator', 'out'),
        ('cash_delivered', loaded_cash, paid_month, "''", 'currency_code', 'net_amount', 'in'),
        ('cash_delivered', cash, paid_month, "''", loaded, 'delivered_net_amount', 'out'),
        ('cash_reported', cash, paid_month, "''", own, 'collected_amount', 'in'),
        ('cash_reported', 'company_cash_kpi', 'period_start', "''", own, 'numerator', 'out'),
        ('channel_credit', 'company_cash_kpi', 'period_start', "''", own, 'numerator', 'in'),
        ('channel_credit', 'channel_cash_kpi', 'period_start', "''", own, 'numerator', 'out'),
        ('lines', lines, 'period_start', "''", 'currency_code', 'amount', 'in'),
        ('lines', statements, 'period_start', "''", 'currency_code', 'payable_amount', 'out'),
        ('pools', 'pools', pool_month, "''", 'currency_code', 'pool_amount', 'in'),
        ('pools', payouts, pool_month, "''", 'currency_code', 'payout_amount', 'out'),
        ('pool_parts', payouts, pool_month, "''", 'currency_code', 'payout_amount', 'in'),
        ('pool_parts', statements, 'period_start', "''", 'currency_code', 'pool_amount', 'out'),
        ('spend_by_platform', loaded_spend, 'null', 'platform', 'currency_code', 'spend_amount', 'in'),
        ('spend_by_platform', spend, 'null', 'platform', loaded, 'delivered_spend_amount', 'out'),
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

-- What neither went in nor came out of all data proves nothing.
amounts as (

    select
        check_id,
        period_start,
        subject,
        unit,
        cast(coalesce(sum(amount_in), 0) as decimal(24, 6)) as amount_in,
        cast(coalesce(sum(amount_out), 0) as decimal(24, 6)) as amount_out,
        coalesce(sum(amount_in), 0) = coalesce(sum(amount_out), 0) as is_passed
    from sides
    group by check_id, period_start, subject, unit
    having period_start is not null or sum(amount_in) != 0 or sum(amount_out) != 0

    union all

    select
        'rejected_rows', cast(null as date), stream, 'rows',
        cast(delivered_rows as decimal(24, 6)), cast(loaded_rows as decimal(24, 6)), is_passed
    from {{ ref('int_finance__row_checks') }}

),

-- Every month has each check: without money in the month it has a row that says so.
check_periods as (

    select checks.check_id, checks.sort_order, months.period_start
    from (
        values
        ('lines', 40), ('pools', 50), ('pool_parts', 60), ('spend_delivered', 70),
        ('spend_reported', 80), ('cash_delivered', 90), ('cash_reported', 100),
        ('channel_credit', 110)
    ) as checks (check_id, sort_order)
    cross join {{ ref('int_finance__months') }} as months

    union all

    select check_id, sort_order, cast(null as date)
    from (
        values
        ('spend_by_platform', 200), ('booked_credit', 210), ('collected_credit', 220),
        ('credit_shares', 230), ('rejected_rows', 240)
    ) as checks (check_id, sort_order)

),

money_checks as (

    select
        check_periods.period_start,
        check_periods.check_id,
        check_periods.sort_order,
        coalesce(amounts.subject, '') as subject_id,
        coalesce(amounts.unit, '') as unit,
        case
            when amounts.check_id is null then 'nothing'
            when amounts.is_passed then 'ok'
            else 'blocks'
        end as result_code,
        amounts.amount_in,
        amounts.amount_out,
        cast(amounts.amount_in - amounts.amount_out as decimal(24, 6)) as difference

    from check_periods
    left join amounts
        on check_periods.check_id = amounts.check_id
        and check_periods.period_start is not distinct from amounts.period_start
    where check_periods.period_start is not null or amounts.check_id is not null

)

select * from money_checks
