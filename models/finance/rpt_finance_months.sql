-- One row per month: whether it can be closed, what pay comes to and what it costs of the money
-- collected. Only pay in the company's currency is set against collected revenue.

{% set own = "'" ~ var('company_currency') ~ "'" %}

with

months as (

    select * from {{ ref('int_finance__months') }}

),

totals as (

    select * from {{ ref('int_finance__payout_totals') }}
    where department_id = 'all'

),

month_totals as (

    select
        period_start,
        cast(sum(payee_count) as integer) as payee_count,
        cast(sum(complete_count) as integer) as complete_count,
        cast(sum(provisional_count) as integer) as provisional_count,
        cast(sum(incomplete_count) as integer) as incomplete_count,
        count(case when currency_code != {{ own }} then 1 end) as other_currency_count,
        max(case when currency_code = {{ own }} then payable_amount end) as payable_amount,
        -- A currency whose total is not known must not drop out of the sentence.
        case
            when count(payable_amount) = count(*)
                then {{ dbt.listagg(
                    pay_text('payable_amount', 'currency_code'), "' and '", 'order by currency_code'
                ) }}
        end as payable_text

    from totals
    group by period_start

),

collected as (

    select
        period_start,
        value,
        reason_text as reason

    from {{ ref('fct_kpi_values') }}
    where kpi = 'collected_revenue' and scope_type = 'company' and period_type = 'month'

),

blockers as (

    select
        period_start,
        count(*) as blocker_count,
        {{ dbt.listagg('check_label', "'; '", 'order by sort_order, unit') }} as blockers

    from {{ ref('rpt_reconciliations') }}
    where is_blocker and period_start is not null
    group by period_start

),

finance_months as (

    select
        months.period_start,
        months.period_end,
        months.period_label,
        months.period_state,
        months.missing_kpi_count,
        months.pending_count,
        months.final_from,
        months.is_final,
        months.is_latest_final,
        months.data_as_of,
        'not signed' as close_text,
        coalesce(month_totals.payee_count, 0) as payee_count,
        coalesce(month_totals.complete_count, 0) as complete_count,
        coalesce(month_totals.provisional_count, 0) as provisional_count,
        coalesce(month_totals.incomplete_count, 0) as incomplete_count,
        month_totals.payable_amount,
        month_totals.payable_text,
        cast(collected.value as decimal(28, 2)) as collected_amount,
        case
            when collected.value is null
                then coalesce(collected.reason, 'collected revenue is not published')
        end as collected_reason,
        case
            when month_totals.other_currency_count = 0
                then {{ exact_ratio('month_totals.payable_amount', 'collected.value') }}
        end as pay_share,
        case
            when month_totals.period_start is null then 'nobody was a member of a bonus plan'
            when month_totals.other_currency_count > 0 then 'pay is in more than one currency'
            when month_totals.payable_amount is null then 'not every statement is complete'
            when collected.value is null then 'collected revenue is not known'
            when collected.value = 0 then 'nothing was collected'
        end as pay_share_reason,
        coalesce(blockers.blocker_count, 0) as blocker_count,
        blockers.blockers

    from months
    left join month_totals on months.period_start = month_totals.period_start
    left join collected on months.period_start = collected.period_start
    left join blockers on months.period_start = blockers.period_start

)

select * from finance_months
