-- One row per payee, month, currency and line of the statement or of the payee's statement before:
-- what changed between the two and why, the total last.

with

statement_lines as (

    select
        *,
        -- What last month corrected and what this month corrects are two things.
        case when line_type = 'adjustment' then period_start end as adjusted_in

    from {{ ref('int_finance__statement_lines') }}
    where is_valid

),

kpis as (

    select * from {{ ref('dim_kpis') }}

),

statements as (

    select
        payee_id,
        currency_code,
        period_start,
        lag(period_start) over (partition by payee_id, currency_code order by period_start)
            as previous_period_start

    from statement_lines
    where line_type = 'total'

),

lines_now as (

    select
        lines.*,
        statements.period_start as statement_start,
        statements.previous_period_start

    from statements
    inner join statement_lines as lines
        on statements.payee_id = lines.payee_id
        and statements.currency_code = lines.currency_code
        and statements.period_start = lines.period_start
    where statements.previous_period_start is not null

),

lines_before as (

    select
        lines.*,
        statements.period_start as statement_start,
        statements.previous_period_start

    from statements
    inner join statement_lines as lines
        on statements.payee_id = lines.payee_id
        and statements.currency_code = lines.currency_code
        and statements.previous_period_start = lines.period_start
    where statements.previous_period_start is not null

),

compared_lines as (

    select
        {% for column in [
            'payee_id', 'currency_code', 'statement_start', 'previous_period_start', 'line_type',
            'label_message', 'explanation_message', 'kpi'
        ] %}
        coalesce(lines_now.{{ column }}, lines_before.{{ column }}) as {{ column }},
        {% endfor %}
        -- A line that is gone stands where it stood, before the total.
        coalesce(lines_now.line_number, lines_before.line_number) as line_number,
        lines_now.payee_id is null as is_gone,
        lines_before.payee_id is null as is_new,
        {% for column in ['value', 'target', 'factor'] %}
        lines_now.{{ column }},
        lines_before.{{ column }} as previous_{{ column }},
        {% endfor %}
        case when lines_now.payee_id is null then 0 else lines_now.amount end as amount,
        case when lines_before.payee_id is null then 0 else lines_before.amount end
            as previous_amount

    from lines_now
    full outer join lines_before
        on lines_now.payee_id = lines_before.payee_id
        and lines_now.currency_code = lines_before.currency_code
        and lines_now.statement_start = lines_before.statement_start
        and lines_now.line_key = lines_before.line_key
        and coalesce(lines_now.adjusted_in, lines_now.statement_start)
        = coalesce(lines_before.adjusted_in, lines_before.statement_start)

),

explained_lines as (

    select
        compared_lines.*,
        {{ line_change_code('compared_lines') }} as change_code

    from compared_lines

)

select
    lines.payee_id,
    lines.currency_code,
    lines.statement_start as period_start,
    {{ period_label("'month'", 'lines.statement_start') }} as period_label,
    {{ period_label("'month'", 'lines.previous_period_start') }} as previous_period_label,
    cast(
        row_number() over (
            partition by lines.payee_id, lines.currency_code, lines.statement_start
            order by
                case when lines.line_type = 'total' then 1 else 0 end,
                lines.line_number,
                case when lines.is_gone then 1 else 0 end,
                lines.line_type
        ) as integer
    ) as line_order,
    lines.label_message as line_label_message,
    cast(lines.previous_amount as decimal(28, 2)) as previous_amount,
    cast(lines.amount as decimal(28, 2)) as amount,
    cast(lines.amount - lines.previous_amount as decimal(28, 2)) as change_amount,
    lines.change_code,
    case
        when lines.line_type = 'adjustment' and lines.is_new then lines.explanation_message
        else {{ line_change_message('lines.change_code', 'lines', 'kpis') }}
    end as reason_message,
    lines.line_type = 'total' as is_total

from explained_lines as lines
left join kpis
    on lines.kpi = kpis.kpi
