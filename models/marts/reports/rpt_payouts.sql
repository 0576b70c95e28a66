-- One row per month, currency and row of the payout list: a payee, a department, the total.

{% set own = "'" ~ var('company_currency') ~ "'" %}

with

statements as (

    select * from {{ ref('int_finance__statements') }}

),

totals as (

    select * from {{ ref('int_finance__payout_totals') }}

),

months as (

    select * from {{ ref('int_finance__months') }}

),

payouts as (

    select
        period_start,
        'payee' as row_type,
        payee_id as row_id,
        payee_name as row_label,
        department_id,
        1 as payee_count,
        target_amount,
        amount_before_company,
        -- Without a multiplier there is no result to show, which is not a missing number.
        case
            when company_value is null and multiplier is not null then 'none'
            else {{ exact_percent_text('company_attainment') }}
        end as company_text,
        multiplier,
        cap_amount,
        bonus_amount,
        pool_amount,
        balance_brought_forward_amount,
        payable_amount,
        balance_carried_amount,
        currency_code,
        status,
        reason_text as reason,
        {{ statement_path('payee_id') }} as link
    from statements

    union all

    select
        period_start,
        case when department_id = 'all' then 'total' else 'department' end,
        department_id,
        case
            when department_id = 'all' then 'Everybody' else {{ department_label('department_id') }}
        end || case when currency_code != {{ own }} then ', ' || currency_code else '' end,
        department_id,
        payee_count,
        target_amount,
        amount_before_company,
        '',
        null,
        null,
        bonus_amount,
        pool_amount,
        balance_brought_forward_amount,
        payable_amount,
        balance_carried_amount,
        currency_code,
        case
            when incomplete_count > 0 then 'incomplete'
            when provisional_count > 0 then 'provisional'
            else 'complete'
        end,
        case
            when complete_count < payee_count
                then
                    cast(payee_count - complete_count as varchar) || ' of '
                    || cast(payee_count as varchar) || ' statements not complete'
        end,
        null
    from totals

),

described_payouts as (

    select
        payouts.*,
        months.period_label,
        {{ department_label('payouts.department_id') }} as department_label,
        payouts.row_type != 'payee' as is_total,
        cast(row_number() over (
            partition by payouts.period_start
            order by
                case payouts.row_type when 'payee' then 1 when 'department' then 2 else 3 end,
                payouts.department_id, payouts.row_label, payouts.row_id, payouts.currency_code
        ) as integer) as sort_order

    from payouts
    inner join months
        on payouts.period_start = months.period_start

)

select * from described_payouts
