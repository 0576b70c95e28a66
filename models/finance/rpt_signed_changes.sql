-- One row per signed month, payee, currency and line that is computed differently now than it was
-- signed, and one for all of a month and currency: what it came to, what later months have adjusted
-- since, and what the next month that is signed will.

{% set is_own = 'corrects_period_start is null' %}
{#- What is carried between months is no earning of one. #}
{% set carried = "('total', 'balance_brought_forward', 'balance_carried')" %}
{% set line_columns = [
    'period_start', 'payee_id', 'currency_code', 'line_key', 'line_type', 'label_message', 'kpi',
    'value', 'target', 'factor', 'amount',
] %}

with

signed_lines as (

    select * from {{ ref('stg_jointly__signed_lines') }}

),

signed_statements as (

    select * from {{ ref('stg_jointly__signed_statements') }}

),

statements as (

    select * from {{ ref('fct_bonus_statements') }}

),

-- What the ledger holds of a month: its own lines, and what later months have corrected in it.
held_lines as (

    select
        coalesce(corrects_period_start, period_start) as period_start,
        payee_id,
        currency_code,
        line_key,
        max(label) as label,
        max(kpi) as kpi,
        {% for column in ['value', 'target', 'factor'] %}
        max(case when {{ is_own }} then {{ column }} end) as {{ column }},
        {% endfor %}
        max(case when {{ is_own }} then 1 else 0 end) = 1 as is_signed,
        sum(case when {{ is_own }} then amount else 0 end) as signed_amount,
        sum(case when {{ is_own }} then 0 else amount end) as adjusted_amount,
        {{ as_list_of_rows(
            'case when not ' ~ is_own ~ ' then ' ~ as_period("'month'", 'period_start') ~ ' end',
            'period_start'
        ) }} as adjusted_in

    from signed_lines
    where line_type not in {{ carried }}
    group by coalesce(corrects_period_start, period_start), payee_id, currency_code, line_key

),

signed_months as (

    select distinct period_start from signed_statements

),

-- What a guarantee adds to what is earned now, beside what the month brought forward and adjusted.
guarantees as (

    select
        statements.period_start,
        statements.payee_id,
        statements.currency_code,
        cast(statements.guaranteed_amount - greatest(
            statements.earned_amount
            + coalesce(signed.balance_brought_forward_amount, 0)
            + coalesce(signed.adjustment_amount, 0), 0
        ) as decimal(28, 2)) as amount

    from statements
    inner join signed_months
        on statements.period_start = signed_months.period_start
    left join signed_statements as signed
        on statements.period_start = signed.period_start
        and statements.payee_id = signed.payee_id
        and statements.currency_code = signed.currency_code

),

lines_now as (

    select lines.{{ line_columns | join(', lines.') }}
    from {{ ref('int_finance__statement_lines') }} as lines
    inner join signed_months
        on lines.period_start = signed_months.period_start
    where
        lines.basis = 'computed'
        and lines.line_type not in {{ carried }}
        and lines.line_type != 'balance_guarantee'

    union all

    select
        period_start,
        payee_id,
        currency_code,
        'balance_guarantee' as line_key,
        'balance_guarantee' as line_type,
        {{ message('pay.line', {
            'type': "'balance_guarantee'", 'name': 'null', 'gate': 'null'
        }) }} as label_message,
        cast(null as string) as kpi,
        cast(null as decimal(28, 10)) as value,
        cast(null as decimal(24, 6)) as target,
        cast(null as decimal(38, 14)) as factor,
        amount
    from guarantees
    where amount > 0

),

compared_lines as (

    select
        {% for column in ['period_start', 'payee_id', 'currency_code', 'line_key', 'kpi'] %}
        coalesce(lines_now.{{ column }}, held_lines.{{ column }}) as {{ column }},
        {% endfor %}
        lines_now.line_type,
        coalesce(lines_now.label_message, {{ text_message('held_lines.label') }}) as label_message,
        coalesce(held_lines.signed_amount, 0) as previous_amount,
        coalesce(held_lines.adjusted_amount, 0) as adjusted_amount,
        held_lines.adjusted_in,
        case when lines_now.payee_id is null then 0 else lines_now.amount end as amount,
        {% for column in ['value', 'target', 'factor'] %}
        lines_now.{{ column }},
        held_lines.{{ column }} as previous_{{ column }},
        {% endfor %}
        lines_now.payee_id is null as is_gone,
        not coalesce(held_lines.is_signed, false) as is_new

    from lines_now
    full outer join held_lines
        on lines_now.period_start = held_lines.period_start
        and lines_now.payee_id = held_lines.payee_id
        and lines_now.currency_code = held_lines.currency_code
        and lines_now.line_key = held_lines.line_key

),

-- A statement that lacks a number is adjusted once it is known; one that is gone is taken back.
judged_lines as (

    select
        lines.*,
        months.period_start is not null
        and (statements.payee_id is null or statements.earned_amount is not null) as is_known,
        statements.reason_message as unknown_message,
        {{ line_change_code('lines') }} as change_code

    from compared_lines as lines
    left join {{ ref('int_finance__months') }} as months
        on lines.period_start = months.period_start
    left join statements
        on lines.period_start = statements.period_start
        and lines.payee_id = statements.payee_id
        and lines.currency_code = statements.currency_code

),

changed_lines as (

    select
        lines.period_start,
        lines.payee_id,
        lines.line_key,
        lines.currency_code,
        {{ name_or(person_label('people'), message('plain', {'text': 'lines.payee_id'})) }}
            as payee_message,
        {{ statement_path('lines.payee_id') }} as link,
        lines.label_message as line_label_message,
        lines.previous_amount as signed_amount,
        lines.adjusted_amount,
        {{ message('plain', {'text': 'lines.adjusted_in'}) }} as adjusted_in_message,
        case when lines.is_known then lines.amount end as current_amount,
        case
            when lines.is_known
                then lines.amount - lines.previous_amount - lines.adjusted_amount
        end as due_amount,
        case
            when lines.is_known then {{ line_change_message('lines.change_code', 'lines', 'kpis') }}
            else {{ message('pay.not_payable', {'reason': as_message('lines.unknown_message')}) }}
        end as reason_message,
        false as is_total

    from judged_lines as lines
    left join {{ ref('dim_people') }} as people
        on lines.payee_id = people.person_id
    left join {{ ref('dim_kpis') }} as kpis
        on lines.kpi = kpis.kpi
    where
        not lines.is_known
        or lines.adjusted_amount != 0
        or lines.amount != lines.previous_amount

),

totals as (

    select
        period_start,
        'all' as payee_id,
        'total' as line_key,
        currency_code,
        {{ message('pay.all_changes') }} as payee_message,
        cast(null as string) as link,
        {{ message('plain', {'text': "''"}) }} as line_label_message,
        sum(signed_amount) as signed_amount,
        sum(adjusted_amount) as adjusted_amount,
        {{ message('plain', {'text': "''"}) }} as adjusted_in_message,
        -- One number that is not known makes the sum unknown.
        case when count(current_amount) = count(*) then sum(current_amount) end as current_amount,
        case when count(due_amount) = count(*) then sum(due_amount) end as due_amount,
        {{ message('plain', {'text': "''"}) }} as reason_message,
        true as is_total

    from changed_lines
    group by period_start, currency_code

),

signed_changes as (

    select * from changed_lines
    union all
    select * from totals

)

select
    period_start,
    {{ period_label("'month'", 'period_start') }} as period_label,
    payee_id,
    line_key,
    currency_code,
    payee_message,
    link,
    line_label_message,
    cast(signed_amount as decimal(28, 2)) as signed_amount,
    cast(adjusted_amount as decimal(28, 2)) as adjusted_amount,
    adjusted_in_message,
    cast(current_amount as decimal(28, 2)) as current_amount,
    cast(due_amount as decimal(28, 2)) as due_amount,
    reason_message,
    is_total

from signed_changes
