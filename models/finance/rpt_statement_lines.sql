-- One row per payee, month and line of the statement, the total last: the numbers as printed.

{% set blank = message('plain', {'text': "''"}) %}

with

lines as (

    select * from {{ ref('fct_bonus_statement_lines') }}

),

statements as (

    select * from {{ ref('fct_bonus_statements') }}

),

months as (

    select * from {{ ref('int_finance__months') }}

),

catalogue as (

    select * from {{ ref('dim_kpis') }}

),

printed_lines as (

    select
        lines.payee_id,
        lines.period_start,
        lines.line_number,
        lines.line_type,
        lines.label_message as line_label_message,
        lines.explanation_message,
        coalesce(lines.kpi, '') as kpi,
        coalesce(catalogue.kpi_label, lines.kpi, '') as kpi_label,
        case when lines.kpi is not null then '/definitions/#' || lines.kpi end as kpi_link,
        {% for number, compared in [
            ('value', ['lines.target', 'lines.attainment']), ('target', ['null', 'null']),
        ] %}
        case
            when lines.kpi is null then {{ blank }}
            when lines.{{ number }} is not null and catalogue.unit = 'currency'
                then {{ message('plain', {
                    'text': as_exact_money('lines.' ~ number, 'lines.currency_code')
                }) }}
            when lines.{{ number }} is not null
                then {{ message('plain', {'text': as_kpi(
                    'lines.' ~ number, 'catalogue.unit', compared[0], compared[1]
                )}) }}
        end as {{ number }}_message,
        {% endfor %}
        case
            when lines.kpi is null then {{ blank }}
            when lines.attainment is not null
                then {{ message('plain', {
                    'text': as_kpi('lines.attainment', "'percent'", '1', 'lines.attainment')
                }) }}
        end as attainment_message,
        case
            when lines.line_type in ('rounding', 'pool') then {{ blank }}
            when lines.factor is not null
                then {{ message('plain', {'text': as_number('lines.factor', 4)}) }}
        end as factor_message,
        lines.amount,
        lines.currency_code,
        false as is_total

    from lines
    left join catalogue
        on lines.kpi = catalogue.kpi

),

total_lines as (

    select
        payee_id,
        period_start,
        9999 as line_number,
        'total' as line_type,
        {{ message('pay.total') }} as line_label_message,
        case
            when payable_amount is null
                then {{ message('pay.not_payable', {'reason': as_message('reason_message')}) }}
            else {{ message('pay.sum_of_lines', {'currency': 'currency_code'}) }}
        end as explanation_message,
        '' as kpi,
        '' as kpi_label,
        cast(null as varchar) as kpi_link,
        {% for column in ['value', 'target', 'attainment', 'factor'] %}
        {{ blank }} as {{ column }}_message,
        {% endfor %}
        payable_amount as amount,
        currency_code,
        true as is_total

    from statements

),

all_lines as (

    select * from printed_lines

    union all

    select * from total_lines

)

select
    all_lines.*,
    months.period_label

from all_lines
inner join months
    on all_lines.period_start = months.period_start
