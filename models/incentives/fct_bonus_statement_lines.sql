-- One row per payee, month and line of the statement, in reading order: lines sum to the payable
-- amount, to the cent.

{% set kpi_columns = ['kpi', 'scope_type', 'scope_id', 'value', 'target', 'attainment', 'factor'] %}

with

statements as (

    select * from {{ ref('fct_bonus_statements') }}

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
        lines.component_id,
        lines.explanation_message,
        {% for column in kpi_columns %}
        lines.{{ column }},
        {% endfor %}
        case lines.line_type when 'gate' then amounts.gate_amount else amounts.own_amount end
            as amount
    from {{ ref('int_incentives__component_lines') }} as lines
    left join {{ ref('int_incentives__line_amounts') }} as amounts
        on lines.payee_id = amounts.payee_id
        and lines.period_start = amounts.period_start
        and lines.component_id = amounts.component_id

    union all

    select
        payee_id, period_start, 2, line_order, 1, line_type, multiplier_name, null, null,
        explanation_message, {{ kpi_columns | join(', ') }}, amount
    from {{ ref('int_incentives__total_lines') }}

    union all

    -- A quarter's pool stands on the statement of the quarter's last month.
    select
        payee_id,
        statement_period_start,
        3,
        row_number() over (
            partition by payee_id, statement_period_start order by pool_id, department_id
        ),
        1,
        'pool',
        pool_name,
        null,
        null,
        case
            when missing_message is not null
                then {{ message('pay.not_available', {'reason': as_message('missing_message')}) }}
            when value < threshold_amount or (value = threshold_amount and prize_amount is null)
                then {{ message('pay.pool.nothing', {
                    'prize': as_exact_money('prize_amount', 'currency_code'),
                    'value': as_number('value', 10),
                    'threshold': as_exact_money('threshold_amount', 'currency_code')
                }) }}
            else {{ message('pay.pool.shared', {
                'prize': as_exact_money('prize_amount', 'currency_code'),
                'share': as_percent('pool_share', 12),
                'value': as_number('value', 10),
                'threshold': as_exact_money('threshold_amount', 'currency_code'),
                'pool': as_exact_money('pool_amount', 'currency_code'),
                'amount': as_exact_money('department_amount', 'currency_code'),
                'department': 'department_id',
                'payout': as_exact_money(
                    'case when statement_currency_code <> currency_code then payout_amount end',
                    'currency_code'
                ),
                'currency': 'statement_currency_code'
            }) }}
        end,
        {{ (kpi_columns | join(', ')).replace('factor', 'null') }},
        statement_amount
    from {{ ref('int_incentives__statement_pools') }}

    {% for line_type, amount, order in [
        ('balance_brought_forward', 'balance_brought_forward_amount', 1),
        ('balance_carried', '-balance_carried_amount', 2),
        ('balance_guarantee', 'guarantee_paid_amount', 3),
    ] %}
    union all

    select
        payee_id, period_start, 4, {{ order }}, 1, '{{ line_type }}', null, null, null,
        {{ message('pay.balance', {
            'line': "'" ~ line_type ~ "'",
            'draw': as_exact_money('nullif(recoverable_draw_amount, 0)', 'currency_code')
        }) }},
        null, null, null, null, null, null, null, {{ amount }}
    from statements
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
        lines.component_id,
        {{ message('pay.line', {
            'type': 'lines.line_type', 'name': 'lines.name', 'gate': 'lines.gate_name'
        }) }} as label_message,
        lines.explanation_message,
        {% for column in kpi_columns %}
        lines.{{ column }},
        {% endfor %}
        cast(
            case when statements.payable_amount is not null then lines.amount end as decimal(28, 2)
        ) as amount,
        statements.currency_code

    from all_lines as lines
    inner join statements
        on lines.payee_id = statements.payee_id
        and lines.period_start = statements.period_start

)

select * from statement_lines
