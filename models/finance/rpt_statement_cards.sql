-- One row per payee, month and big number of the statement.

with

statements as (

    select
        statements.*,
        months.period_label

    from {{ ref('fct_bonus_statements') }} as statements
    inner join {{ ref('int_finance__months') }} as months
        on statements.period_start = months.period_start

),

cards as (

    select
        payee_id, period_label, 'payable' as card_id, 1 as sort_order,
        {{ message('pay.card.payable', {'currency': 'currency_code'}) }} as kpi_label_message,
        payable_amount as value,
        'num2' as value_format,
        cast(null as string) as shown_message,
        department_id as side,
        'neutral' as tone,
        case
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
        end as reason_message,
        {{ message('pay.card.payable_definition') }} as definition_message
    from statements

    union all

    select
        payee_id, period_label, 'target', 2,
        {{ message('pay.card.target', {'currency': 'currency_code'}) }}, target_amount,
        'num2', cast(null as string), department_id, 'neutral',
        {{ message('pay.active_days', {
            'is_part': 'active_days < period_days', 'days': 'active_days', 'of': 'period_days'
        }) }},
        {{ message('pay.card.target_definition') }}
    from statements

    union all

    select
        payee_id, period_label, 'own', 3, {{ message('pay.card.components') }},
        component_share, 'attainment2', cast(null as string), department_id,
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
        payee_id, period_label, 'company', 4,
        {{ message('pay.card.company', {'name': 'multiplier_name'}) }},
        company_attainment, 'attainment2', {{ company_attainment_message('statements') }}, 'company',
        {{ attainment_tone('company_attainment') }},
        {{ message('pay.card.company_note', {
            'state': "case when multiplier_name is null then 'no_multiplier'
                when company_attainment is null then 'unknown' else 'known' end",
            'multiplier': as_number('multiplier', 4)
        }) }},
        {{ message('pay.card.company_definition') }}
    from statements

)

select * from cards
