-- One row per payee, month and line: the arithmetic of a statement in the order it is read.

with

{% set kpi_columns = ['kpi', 'scope_type', 'scope_id', 'value', 'target', 'attainment'] %}

balances as (

    select * from {{ ref('int_incentives__balances') }}

),

balance_lines as (

    select
        payee_id,
        period_start,
        1 as line_order,
        'balance_brought_forward' as line_type,
        'Balance brought forward' as label,
        'owed from earlier months' as explanation,
        cast(null as decimal(38, 14)) as factor,
        brought_forward_amount as amount

    from balances
    where brought_forward_amount < 0

    union all

    select
        payee_id,
        period_start,
        2 as line_order,
        'balance_carried' as line_type,
        'Balance carried to the next statement' as label,
        'what is owed is not paid back in cash: later months make up for it' as explanation,
        cast(null as decimal(38, 14)) as factor,
        -carried_amount as amount

    from balances
    where carried_amount < 0

),

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
    union all
    {% endfor %}
    select
        payee_id,
        period_start,
        5 as section_order,
        line_order,
        1 as part_order,
        line_type,
        label,
        explanation,
        {% for column in kpi_columns %}
        null as {{ column }},
        {% endfor %}
        factor,
        amount

    from balance_lines

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
