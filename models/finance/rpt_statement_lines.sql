-- One row per payee, month, basis (signed, computed now) and line of the statement, the total last:
-- the numbers as printed.

{% set blank = message('plain', {'text': "''"}) %}

select
    lines.basis,
    lines.is_valid,
    lines.payee_id,
    lines.period_start,
    {{ period_label("'month'", 'lines.period_start') }} as period_label,
    lines.currency_code,
    lines.line_number,
    lines.line_type,
    lines.label_message as line_label_message,
    lines.explanation_message,
    coalesce(lines.kpi, '') as kpi,
    case
        when lines.kpi is null then {{ blank }}
        else {{ message('pay.rule_kpi', {
            'kpi': 'coalesce(catalogue.kpi_label, lines.kpi)',
            'scope': "case when lines.scope_id = lines.payee_id then 'payee' else lines.scope_id end"
        }) }}
    end as kpi_label_message,
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
        when lines.line_type in ('rounding', 'pool', 'total') then {{ blank }}
        -- A balance has none.
        when lines.kpi is null and lines.factor is null then {{ blank }}
        when lines.factor is not null
            then {{ message('plain', {'text': as_number('lines.factor', 4)}) }}
    end as factor_message,
    lines.amount,
    lines.line_type = 'total' as is_total

from {{ ref('int_finance__statement_lines') }} as lines
left join {{ ref('dim_kpis') }} as catalogue
    on lines.kpi = catalogue.kpi
