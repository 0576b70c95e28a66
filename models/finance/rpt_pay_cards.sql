-- One row per page (finance, a payee's statement), payee, month and big number on it; of all payees
-- together in the company's currency.

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

statements as (

    select * from {{ ref('int_finance__statements') }}
    where is_main

),

cards as (

    select
        'finance' as page,
        cast(null as string) as payee_id,
        period_label,
        'payable_' || department_id as card_id,
        case department_id when 'all' then 1 else 2 end as sort_order,
        {{ message('finance.card.payable', {
            'of': 'department_id', 'department': department_label('department_id')
        }) }} as kpi_label_message,
        payable_amount as value,
        'money_exact' as value_format,
        cast(null as string) as shown_message,
        case department_id when 'all' then 'company' else department_id end as side,
        'neutral' as tone,
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
        'finance', null, period_label, 'collected', 3, {{ message('finance.card.collected') }},
        collected_amount, 'money_exact', null, 'company', 'neutral',
        coalesce(collected_reason_message, {{ message('finance.card.collected_note') }}),
        {{ message('finance.card.collected_definition') }}
    from months

    union all

    select
        'finance', null, period_label, 'pay_share', 4, {{ message('finance.card.pay_share') }},
        pay_share, 'pct2', null, 'company', 'neutral',
        coalesce(pay_share_reason_message, {{ message('finance.card.pay_share_note') }}),
        {{ message('finance.card.pay_share_definition') }}
    from months

    union all

    select
        'statement', payee_id, period_label, 'payable', 1,
        {{ message('pay.card.payable', {'currency': 'currency_code'}) }},
        payable_amount, 'num2', null, department_id, 'neutral',
        case
            when is_signed then {{ message('pay.card.as_signed') }}
            when reason_message is not null then reason_message
            when {{ pays_nothing('statements') }}
                then {{ message('pay.card.pays_nothing', {
                    'name': 'multiplier_name', 'company': as_tier_attainment('statements')
                }) }}
            else {{ message('pay.card.payable_note', {
                'bonus': as_exact_money('bonus_amount', 'currency_code'),
                'pools': as_exact_money('pool_amount', 'currency_code'),
                'owed': as_exact_money('nullif(balance_brought_forward_amount, 0)', 'currency_code'),
                'carried': as_exact_money('nullif(balance_carried_amount, 0)', 'currency_code')
            }) }}
        end,
        {{ message('pay.card.payable_definition') }}
    from statements

    union all

    select
        'statement', payee_id, period_label, 'target', 2,
        {{ message('pay.card.target', {'currency': 'currency_code'}) }}, target_amount,
        'num2', null, department_id, 'neutral',
        {{ message('pay.active_days', {
            'is_part': 'active_days < period_days', 'days': 'active_days', 'of': 'period_days'
        }) }},
        {{ message('pay.card.target_definition') }}
    from statements

    union all

    select
        'statement', payee_id, period_label, 'own', 3, {{ message('pay.card.components') }},
        component_share, 'attainment2', null, department_id,
        {{ attainment_tone('component_share') }},
        {{ message('pay.card.components_note', {
            'state': "case when plan_version is null then 'no_plan'
                when component_share is null then 'unknown' else 'known' end",
            'amount': as_exact_money('amount_before_company', 'currency_code')
        }) }},
        {{ message('pay.card.components_definition') }}
    from statements

    union all

    select
        'statement', payee_id, period_label, 'company', 4,
        {{ message('pay.card.company', {'name': 'multiplier_name'}) }},
        company_attainment, 'attainment2', {{ company_attainment_message('statements') }},
        'company', {{ attainment_tone('company_attainment') }},
        {{ message('pay.card.company_note', {
            'state': "case when multiplier_name is null then 'no_multiplier'
                when company_attainment is null then 'unknown' else 'known' end",
            'multiplier': as_number('multiplier', 4)
        }) }},
        {{ message('pay.card.company_definition') }}
    from statements

    union all

    select
        'statement', payee_id, period_label, 'year', 5,
        {{ message('pay.card.year', {'currency': 'currency_code'}) }}, year_earned_amount,
        'num2', null, department_id, 'neutral',
        {{ message('pay.card.year_note', {
            'target': as_exact_money('year_target_amount', 'currency_code'),
            'since': as_day('year_start')
        }) }},
        {{ message('pay.card.year_definition') }}
    from statements

)

select * from cards
