-- One row per month and big number of the finance page, in the company's currency.

with

months as (

    select * from {{ ref('rpt_finance_months') }}

),

payouts as (

    select * from {{ ref('rpt_payouts') }}
    where row_type != 'payee' and currency_code = '{{ var("company_currency") }}'

),

cards as (

    select
        period_label,
        'payable_' || row_id as card_id,
        case row_type when 'total' then 1 when 'department' then 2 end as sort_order,
        case when row_type = 'total' then 'Payable' else row_label end as kpi_label,
        payable_amount as value,
        'money_exact' as value_format,
        case when row_type = 'total' then 'company' else row_id end as side,
        coalesce(
            reason,
            {{ counted_text('payee_count', 'person', 'people') }} || ', '
            || {{ number_text('target_amount') }} || ' at target'
        ) as reason,
        'Bonus and shared pools of the month.' as definition
    from payouts

    union all

    select
        period_label, 'collected', 3, 'Collected revenue', collected_amount, 'money_exact',
        'company', coalesce(collected_reason, 'net of tax, less refunds'),
        'Money received in the month.'
    from months

    union all

    select
        period_label, 'pay_share', 4, 'Cost of pay', {{ shown_percent('pay_share') }}, 'pct2',
        'company', coalesce(pay_share_reason, 'of the revenue collected in the month'),
        'Payable divided by collected revenue of the same month.'
    from months

)

select * from cards
