-- One row per payee, month and big number of the statement.

with

statements as (

    select * from {{ ref('rpt_statements') }}

),

cards as (

    select
        payee_id, period_label, 'payable' as card_id, 1 as sort_order,
        'Payable, ' || currency_code as kpi_label,
        payable_amount as value,
        'num2' as value_format,
        department_id as side,
        'neutral' as tone,
        coalesce(
            reason,
            case
                when payable_amount = 0 and multiplier = 0 and amount_before_company > 0
                    then multiplier_name || ' at ' || company_text || ' of its target pays nothing'
            end,
            'bonus ' || {{ number_text('bonus_amount') }} || ', shared pools '
            || {{ number_text('pool_amount') }}
            || case
                when balance_brought_forward_amount < 0
                    then ', brought forward ' || {{ number_text('balance_brought_forward_amount') }}
                else ''
            end
            || case
                when balance_carried_amount < 0
                    then ', carried to the next statement '
                        || {{ number_text('balance_carried_amount') }}
                else ''
            end
        ) as reason,
        'Bonus and shared pools together, less what is owed from earlier months.' as definition
    from statements

    union all

    select
        payee_id, period_label, 'target', 2, 'Bonus at target, ' || currency_code, target_amount,
        'num2', department_id, 'neutral', active_text,
        'What the plan pays with every part and the company exactly on target, by calendar days.'
    from statements

    union all

    select
        payee_id, period_label, 'own', 3, 'Own parts',
        own_attainment, 'pct2', department_id,
        {{ attainment_tone('own_attainment') }},
        case
            when plan_version is null then 'no plan in this month'
            when own_attainment is null then 'a part has no attainment'
            else 'of their targets'
        end,
        'Attainment of the parts of the plan, averaged by their weights, before gates.'
    from statements

    union all

    select
        payee_id, period_label, 'company', 4,
        coalesce(multiplier_name, 'Company result'),
        company_attainment, 'pct2', 'company',
        {{ attainment_tone('company_attainment') }},
        case
            when multiplier_name is null then 'the plan has no multiplier'
            when company_attainment is null then 'not known'
            else 'of its target: the parts are paid x ' || {{ number_text('multiplier') }}
        end,
        'The result, usually the company''s, that multiplies the sum of the parts.'
    from statements

)

select * from cards
