-- One row per payee and month: the head of the statement and its story in one sentence, as signed
-- where it is signed.

{% set next_month = dbt.dateadd('month', 1, 'statements.period_start') %}
{% set pay_on %}
cast(least(
    {{ dbt.dateadd('day', 'terms.pay_day - 1', next_month) }},
    {{ dbt.dateadd('day', -1, dbt.dateadd('month', 2, 'statements.period_start')) }}
) as date)
{%- endset %}

with

statements as (

    select
        *,
        {{ product('amount_before_company', 2, 'multiplier', 4) }} > cap_amount as is_capped

    from {{ ref('int_finance__statements') }}
    where is_main

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

people as (

    select * from {{ ref('dim_people') }}

),

terms as (

    select * from {{ ref('pay_terms') }}

),

-- Where nothing is paid though something was earned, the reason is the news.
described_statements as (

    select
        statements.payee_id,
        statements.payee_name,
        statements.department_id,
        {{ department_label('statements.department_id') }} as department_label,
        statements.period_start,
        statements.period_label,
        coalesce(months.period_state, 'final') as data_state,
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
        statements.year_start,
        statements.year_earned_amount,
        statements.year_target_amount,
        {{ message('pay.close', {
            'state': "coalesce(statements.period_state, 'open')",
            'amount': as_exact_money(
                'case when statements.is_signed then statements.payable_amount end',
                'statements.currency_code'
            ),
            'changed': 'statements.is_changed_since'
        }) }} as close_message,
        {{ message('pay.terms.author', {'by': 'coalesce('
            ~ person_label('authors') ~ ', statements.plan_author_id, plans.author_id)'
        }) }} as plan_author_message,
        {{ message('pay.terms.agreed', {
            'is_signed': 'statements.is_signed', 'day': as_day('statements.agreed_on')
        }) }} as agreed_message,
        {{ message('pay.terms.paid', {
            'paid': as_day('statements.paid_on'),
            'day': as_day('coalesce(statements.pay_on, ' ~ pay_on ~ ')')
        }) }} as pay_day_message,
        {{ message('pay.terms.object', {
            'is_signed': 'statements.is_signed',
            'until': as_day('statements.object_until'),
            'days': 'terms.object_within_days',
            'to': 'coalesce(statements.object_to, terms.object_to)'
        }) }} as objection_message,
        statements.is_signed,
        statements.is_changed_since,
        statements.status,
        {{ message('pay.status', {'status': 'statements.status'}) }} as status_label_message,
        statements.reason_message,
        case
            when statements.status = 'incomplete' then 'bad'
            when statements.status = 'provisional' then 'warn'
            when statements.payable_amount = 0 then 'neutral'
            else 'good'
        end as status_tone,
        case
            when statements.is_signed then {{ signed_sentence('statements') }}
            else {{ statement_sentence('statements') }}
        end as sentence_message,
        case
            when statements.is_changed_since then 'warn'
            when statements.is_signed and statements.payable_amount > 0 then 'good'
            when statements.is_signed then 'neutral'
            when statements.payable_amount is null then 'bad'
            when statements.status = 'provisional' then 'warn'
            when statements.payable_amount = 0 and statements.amount_before_company > 0 then 'warn'
            when statements.payable_amount >= statements.target_amount then 'good'
            else 'neutral'
        end as tone

    from statements
    left join months
        on statements.period_start = months.period_start
    left join latest_statements
        on statements.payee_id = latest_statements.payee_id
        and statements.period_start = latest_statements.period_start
    left join terms
        on {{ is_in_force('terms', 'statements.period_start') }}
    left join {{ ref('plans') }} as plans
        on statements.plan_id = plans.plan_id
        and {{ is_in_force('plans', 'statements.period_start') }}
    left join people as authors
        on coalesce(statements.plan_author_id, plans.author_id) = authors.person_id
    left join approvers
        on statements.signed_by = approvers.person_id
        and {{ is_in_force('approvers', 'statements.signed_on') }}

)

select * from described_statements
