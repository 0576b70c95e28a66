-- One row per payee, month and line: the arithmetic of a statement in the order it is read.

with

{% set kpi_columns = ['kpi', 'scope_type', 'scope_id', 'value', 'target', 'attainment'] %}

all_lines as (

    {% for section in [
        {'model': 'own_part_lines', 'order': 1, 'line': 1, 'kpi': true},
        {'model': 'gate_lines', 'order': 1, 'line': 2, 'kpi': true},
        {'model': 'multiplier_lines', 'order': 2, 'line': 1, 'kpi': true},
        {'model': 'closing_lines', 'order': 3, 'line': 1, 'kpi': false},
        {'model': 'pool_lines', 'order': 4, 'line': 1, 'kpi': true},
    ] %}
    select
        payee_id,
        period_start,
        {{ section.order }} as section_order,
        line_order,
        {{ section.line }} as part_order,
        line_type,
        label,
        explanation,
        {% for column in kpi_columns %}
        {{ column if section.kpi else 'null as ' ~ column }},
        {% endfor %}
        factor,
        amount

    from {{ ref('int_incentives__' ~ section.model) }}
    {% if not loop.last %}
    union all
    {% endif %}
    {% endfor %}

),

numbered_lines as (

    select
        *,
        cast(row_number() over (
            partition by payee_id, period_start
            order by section_order, line_order, part_order
        ) as integer) as line_number

    from all_lines

)

select * from numbered_lines
