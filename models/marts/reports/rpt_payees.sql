-- One row per person who ever had a statement: since when, and the latest one.

with

statements as (

    select * from {{ ref('rpt_statements') }}

),

spans as (

    select
        payee_id,
        count(*) as statement_count,
        min(period_start) as first_period_start,
        max(period_start) as last_period_start

    from statements
    group by payee_id

),

payees as (

    select
        statements.payee_id,
        statements.payee_name,
        statements.department_label,
        statements.plan_name,
        statements.period_label as latest_period_label,
        statements.payable_amount as latest_payable_amount,
        statements.currency_code,
        {{ period_label("'month'", 'spans.first_period_start') }} as first_period_label,
        {{ period_label("'month'", 'spans.last_period_start') }} as last_period_label,
        spans.statement_count,
        {{ statement_path('statements.payee_id') }} as link

    from statements
    inner join spans
        on statements.payee_id = spans.payee_id
    where statements.is_latest

)

select * from payees
