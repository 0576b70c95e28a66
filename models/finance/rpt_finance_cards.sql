-- One row per month and big number of the finance page, in the company's currency.

with

months as (

    select * from {{ ref('fct_pay_months') }}

),

totals as (

    select
        totals.*,
        months.period_label

    from {{ ref('fct_pay_totals') }} as totals
    inner join months
        on totals.period_start = months.period_start
    where totals.currency_code = '{{ var("company_currency") }}'

),

cards as (

    select
        period_label,
        'payable_' || department_id as card_id,
        case department_id when 'all' then 1 else 2 end as sort_order,
        {{ message('finance.card.payable', {
            'of': 'department_id', 'department': department_label('department_id')
        }) }} as kpi_label_message,
        payable_amount as value,
        'money_exact' as value_format,
        case department_id when 'all' then 'company' else department_id end as side,
        case
            when complete_count < payee_count
                then {{ message('finance.incomplete_statements', {
                    'count': 'payee_count - complete_count', 'of': 'payee_count'
                }) }}
            else {{ message('finance.card.people', {
                'count': 'payee_count', 'target': as_exact_money('target_amount', 'currency_code')
            }) }}
        end as reason_message,
        {{ message('finance.card.payable_definition') }} as definition_message
    from totals

    union all

    select
        period_label, 'collected', 3, {{ message('finance.card.collected') }}, collected_amount,
        'money_exact', 'company',
        coalesce(collected_reason_message, {{ message('finance.card.collected_note') }}),
        {{ message('finance.card.collected_definition') }}
    from months

    union all

    select
        period_label, 'pay_share', 4, {{ message('finance.card.pay_share') }}, pay_share, 'pct2',
        'company', coalesce(pay_share_reason_message, {{ message('finance.card.pay_share_note') }}),
        {{ message('finance.card.pay_share_definition') }}
    from months

)

select * from cards
