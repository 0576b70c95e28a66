-- One row per month, currency and row of the payout list: a payee, a department, the total;
-- as signed where the month is signed.

{% set own = "'" ~ var('company_currency') ~ "'" %}
{% set amounts = [
    'target_amount', 'amount_before_company', 'bonus_amount', 'pool_amount',
    'balance_brought_forward_amount', 'payable_amount', 'balance_carried_amount',
] %}

with

statements as (

    select * from {{ ref('int_finance__statements') }}
    where is_valid

),

totals as (

    select * from {{ ref('fct_pay_totals') }}

),

payouts as (

    select
        period_start,
        'payee' as row_type,
        payee_id as row_id,
        payee_name as row_label,
        department_id,
        1 as payee_count,
        {{ amounts | join(', ') }},
        {{ company_attainment_message('statements') }} as company_message,
        multiplier,
        cap_amount,
        currency_code,
        status,
        reason_message,
        {{ statement_path('payee_id') }} as link
    from statements

    union all

    select
        period_start,
        case when department_id = 'all' then 'total' else 'department' end,
        department_id,
        {{ department_label('department_id') }},
        department_id,
        payee_count,
        {{ amounts | join(', ') }},
        {{ message('plain', {'text': "''"}) }},
        null,
        null,
        currency_code,
        status,
        case
            when complete_count < payee_count
                then {{ message('finance.incomplete_statements', {
                    'count': 'payee_count - complete_count', 'of': 'payee_count'
                }) }}
        end,
        case when department_id != 'all' then {{ team_path('department_id') }} end
    from totals

),

described_payouts as (

    select
        payouts.period_start,
        {{ period_label("'month'", 'payouts.period_start') }} as period_label,
        payouts.row_type,
        payouts.row_id,
        {{ message('finance.payout_row', {
            'type': 'payouts.row_type', 'name': 'payouts.row_label',
            'currency': 'case when payouts.row_type != \'payee\' and payouts.currency_code != '
                ~ own ~ ' then payouts.currency_code end'
        }) }} as row_label_message,
        payouts.department_id,
        {{ department_label('payouts.department_id') }} as department_label,
        payouts.payee_count,
        {% for amount in amounts %}
        payouts.{{ amount }},
        {% endfor %}
        payouts.company_message,
        payouts.multiplier,
        payouts.cap_amount,
        payouts.currency_code,
        payouts.status,
        {{ message('pay.status', {'status': 'payouts.status'}) }} as status_label_message,
        payouts.reason_message,
        payouts.link,
        payouts.row_type != 'payee' as is_total,
        cast(row_number() over (
            partition by payouts.period_start
            order by
                case payouts.row_type when 'payee' then 1 when 'department' then 2 else 3 end,
                payouts.department_id, payouts.row_label, payouts.row_id, payouts.currency_code
        ) as integer) as sort_order

    from payouts

)

select * from described_payouts
