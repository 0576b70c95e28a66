-- One row per month: how far it can be closed, what pay comes to and what it costs of the money
-- collected. Only pay in the company's currency is set against collected revenue.

{% set own = "'" ~ var('company_currency') ~ "'" %}

with

months as (

    select * from {{ ref('int_finance__months') }}

),

totals as (

    select * from {{ ref('fct_pay_totals') }}
    where department_id = 'all'

),

-- A currency whose total is not known must not drop out of the sentence.
month_totals as (

    select
        period_start,
        {{ weakest_status('status') }} as pay_status,
        cast(sum(payee_count) as integer) as payee_count,
        cast(sum(complete_count) as integer) as complete_count,
        cast(sum(provisional_count) as integer) as provisional_count,
        cast(sum(incomplete_count) as integer) as incomplete_count,
        count(case when currency_code != {{ own }} then 1 end) as other_currency_count,
        max(case when currency_code = {{ own }} then payable_amount end) as payable_amount,
        case
            when count(payable_amount) = count(*)
                then {{ message('plain', {'text': as_list_of_rows(
                    as_exact_money('payable_amount', 'currency_code'), 'currency_code'
                )}) }}
        end as payable_text_message

    from totals
    group by period_start

),

collected as (

    select * from {{ ref('fct_kpi_values') }}
    where kpi = 'collected_revenue' and scope_type = 'company' and period_type = 'month'

),

pay_months as (

    select
        months.period_start,
        months.period_end,
        months.period_label,
        months.year_start,
        months.period_state,
        months.incomplete_kpi_count,
        months.missing_kpi_count,
        months.pending_count,
        months.final_from,
        months.is_final,
        months.is_latest_final,
        months.data_as_of,
        {{ message('pay.close', {
            'state': "case when month_totals.pay_status in ('signed', 'paid')"
                ~ " then month_totals.pay_status else 'open' end",
            'amount': 'null', 'changed': 'false'
        }) }} as close_text_message,
        month_totals.pay_status,
        coalesce(month_totals.payee_count, 0) as payee_count,
        coalesce(month_totals.complete_count, 0) as complete_count,
        coalesce(month_totals.provisional_count, 0) as provisional_count,
        coalesce(month_totals.incomplete_count, 0) as incomplete_count,
        month_totals.payable_amount,
        month_totals.payable_text_message,
        cast(collected.value as decimal(28, 2)) as collected_amount,
        case
            when collected.kpi is null then {{ message('finance.not_published') }}
            when collected.value is null then collected.reason_message
        end as collected_reason_message,
        case
            when month_totals.other_currency_count = 0
                then {{ exact_ratio('month_totals.payable_amount', 'collected.value') }}
        end as pay_share,
        case
            when month_totals.period_start is null then {{ message('finance.no_members') }}
            when month_totals.other_currency_count > 0 then {{ message('finance.currencies') }}
            when month_totals.payable_amount is null then {{ message('finance.not_complete') }}
            when collected.value is null then {{ message('finance.not_collected') }}
            when collected.value = 0 then {{ message('finance.nothing_collected') }}
        end as pay_share_reason_message

    from months
    left join month_totals on months.period_start = month_totals.period_start
    left join collected on months.period_start = collected.period_start

)

select * from pay_months
