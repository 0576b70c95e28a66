-- One row per payee and month: the head of the statement and its story in one sentence, as signed
-- where it is signed.

{% set is_changed = 'signed.payee_id is not null'
    ~ ' and coalesce(signed.earned_amount != statements.earned_amount, true)' %}

with

statements as (

    select
        *,
        {{ product('amount_before_company', 2, 'multiplier', 4) }} > cap_amount as is_capped

    from {{ ref('fct_bonus_statements') }}

),

months as (

    select * from {{ ref('int_finance__months') }}

),

latest_statements as (

    select * from {{ ref('int_finance__latest_statements') }}

),

approvers as (

    select * from {{ ref('approvers') }}

),

corrections as (

    select
        payee_id,
        period_start,
        currency_code,
        {% for name, type in [
            ('adjustment', 'adjustment'), ('brought_forward', 'balance_brought_forward'),
            ('carried', 'balance_carried')
        ] %}
        nullif(sum(case when line_type = '{{ type }}' then amount else 0 end), 0)
            as {{ name }}_amount{{ ',' if not loop.last }}
        {% endfor %}

    from {{ ref('stg_jointly__signed_lines') }}
    group by payee_id, period_start, currency_code

),

signed as (

    select
        signed.*,
        coalesce(approvers.person_name, signed.signed_by) as signed_by_name,
        corrections.adjustment_amount,
        corrections.brought_forward_amount,
        corrections.carried_amount

    from {{ ref('stg_jointly__signed_statements') }} as signed
    left join corrections
        on signed.payee_id = corrections.payee_id
        and signed.period_start = corrections.period_start
        and signed.currency_code = corrections.currency_code
    left join approvers
        on signed.signed_by = approvers.person_id
        and {{ is_in_force('approvers', 'signed.signed_on') }}

),

-- Where nothing is paid though something was earned, the reason is the news.
described_statements as (

    select
        statements.payee_id,
        statements.payee_name,
        statements.department_id,
        {{ department_label('statements.department_id') }} as department_label,
        statements.period_start,
        months.period_label,
        months.period_state as data_state,
        months.data_as_of,
        latest_statements.payee_id is not null as is_latest,
        {{ message('pay.plan', {'plan': 'statements.plan_name'}) }} as plan_name_message,
        statements.plan_version,
        case
            when statements.plan_id is not null
                then {{ message('pay.dates', {
                    'dates': as_validity('statements.plan_valid_from', 'statements.plan_valid_to')
                }) }}
        end as plan_dates_message,
        {{ message('pay.active_days', {
            'is_part': 'statements.active_days < statements.period_days',
            'days': 'statements.active_days', 'of': 'statements.period_days'
        }) }} as active_days_message,
        statements.target_amount,
        statements.component_share,
        statements.amount_before_company,
        statements.company_attainment,
        {{ company_attainment_message('statements') }} as company_message,
        statements.multiplier_name,
        statements.multiplier,
        statements.cap_amount,
        statements.bonus_amount,
        statements.pool_amount,
        statements.balance_brought_forward_amount,
        statements.payable_amount,
        statements.balance_carried_amount,
        statements.currency_code,
        {{ message('pay.close', {
            'state': "coalesce(signed.period_state, statements.period_state)",
            'amount': as_exact_money('signed.payable_amount', 'signed.currency_code'),
            'changed': is_changed
        }) }} as close_message,
        signed.payee_id is not null as is_signed,
        {{ is_changed }} as is_changed_since,
        statements.status,
        {{ message('pay.status', {'status': 'statements.status'}) }} as status_label_message,
        statements.reason_message,
        case
            when statements.status = 'complete' and statements.payable_amount = 0 then 'neutral'
            when statements.status = 'complete' then 'good'
            when statements.status = 'provisional' then 'warn'
            else 'bad'
        end as status_tone,
        case
            when signed.payee_id is not null then {{ signed_sentence('signed', 'statements') }}
            else {{ statement_sentence('statements') }}
        end as sentence_message,
        case
            when {{ is_changed }} then 'warn'
            when signed.payable_amount > 0 then 'good'
            when signed.payable_amount = 0 then 'neutral'
            when statements.payable_amount is null then 'bad'
            when statements.status = 'provisional' then 'warn'
            when statements.payable_amount = 0 and statements.amount_before_company > 0 then 'warn'
            when statements.payable_amount >= statements.target_amount then 'good'
            else 'neutral'
        end as tone

    from statements
    inner join months
        on statements.period_start = months.period_start
    left join signed
        on statements.payee_id = signed.payee_id
        and statements.period_start = signed.period_start
        and statements.currency_code = signed.currency_code
    left join latest_statements
        on statements.payee_id = latest_statements.payee_id
        and statements.period_start = latest_statements.period_start

)

select * from described_statements
