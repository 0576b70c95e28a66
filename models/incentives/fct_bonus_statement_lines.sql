-- One row per payee, month and line of the statement: lines sum to the payable amount, to the cent.

with

lines as (

    select * from {{ ref('int_incentives__statement_lines') }}

),

statements as (

    select * from {{ ref('fct_bonus_statements') }}

),

-- With a number missing nothing is payable, so no line may look as if it were.
statement_lines as (

    select
        lines.payee_id,
        lines.period_start,
        lines.line_number,
        lines.line_type,
        lines.label,
        lines.explanation,
        lines.kpi,
        lines.scope_type,
        lines.scope_id,
        lines.value,
        lines.target,
        lines.attainment,
        lines.factor,
        case when statements.payable_amount is not null then lines.amount end as amount,
        statements.currency_code

    from lines
    inner join statements
        on lines.payee_id = statements.payee_id
        and lines.period_start = statements.period_start

)

select * from statement_lines
