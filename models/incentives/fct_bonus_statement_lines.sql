-- One row per payee, month and line of the statement, in reading order: lines sum to the payable
-- amount, to the cent.

{% set kpi_columns = ['kpi', 'scope_type', 'scope_id', 'value', 'target', 'attainment', 'factor'] %}

with

component_lines as (

    select * from {{ ref('int_incentives__component_lines') }}

),

line_amounts as (

    select * from {{ ref('int_incentives__line_amounts') }}

),

total_lines as (

    select * from {{ ref('int_incentives__total_lines') }}

),

pool_lines as (

    select * from {{ ref('int_incentives__pool_lines') }}

),

balances as (

    select * from {{ ref('int_incentives__balances') }}

),

-- Each component followed by its gate, then the steps to the bonus, the pools and the balance.
all_lines as (

    select
        lines.payee_id,
        lines.period_start,
        1 as section_order,
        lines.component_order as line_order,
        lines.part_order,
        lines.line_type,
        lines.component_name as name,
        lines.gate_name,
        lines.explanation_message,
        {% for column in kpi_columns %}
        lines.{{ column }},
        {% endfor %}
        case lines.line_type when 'gate' then amounts.gate_amount else amounts.own_amount end
            as amount
    from component_lines as lines
    left join line_amounts as amounts
        on lines.payee_id = amounts.payee_id
        and lines.period_start = amounts.period_start
        and lines.component_id = amounts.component_id

    union all

    select
        payee_id, period_start, 2, line_order, 1, line_type, multiplier_name, null,
        explanation_message, {{ kpi_columns | join(', ') }}, amount
    from total_lines

    union all

    select
        payee_id, period_start, 3, line_order, 1, line_type, pool_name, null,
        explanation_message, {{ kpi_columns | join(', ') }}, amount
    from pool_lines

    {% for line_type, amount, order in [
        ('balance_brought_forward', 'brought_forward_amount', 1),
        ('balance_carried', '-carried_amount', 2),
    ] %}
    union all

    select
        payee_id, period_start, 4, {{ order }}, 1, '{{ line_type }}', null, null,
        {{ message('pay.balance', {'line': "'" ~ line_type ~ "'"}) }},
        null, null, null, null, null, null, null, {{ amount }}
    from balances
    where {{ amount }} != 0
    {% endfor %}

),

-- With a number missing nothing is payable, so no line may look as if it were.
statement_lines as (

    select
        lines.payee_id,
        lines.period_start,
        cast(row_number() over (
            partition by lines.payee_id, lines.period_start
            order by lines.section_order, lines.line_order, lines.part_order
        ) as integer) as line_number,
        lines.line_type,
        {{ message('pay.line', {
            'type': 'lines.line_type', 'name': 'lines.name', 'gate': 'lines.gate_name'
        }) }} as label_message,
        lines.explanation_message,
        {% for column in kpi_columns %}
        lines.{{ column }},
        {% endfor %}
        cast(
            case when balances.payable_amount is not null then lines.amount end as decimal(28, 2)
        ) as amount,
        balances.currency_code

    from all_lines as lines
    inner join balances
        on lines.payee_id = balances.payee_id
        and lines.period_start = balances.period_start

)

select * from statement_lines
