-- One row per person who ever had a statement: since when, and the latest one.

with

statements as (

    select * from {{ ref('int_finance__statements') }}
    where is_main

),

latest_statements as (

    select * from {{ ref('int_finance__latest_statements') }}

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
        statements.department_id,
        {{ department_label('statements.department_id') }} as department_label,
        {{ message('pay.plan', {'plan': 'statements.plan_name'}) }} as plan_name_message,
        {{ period_label("'month'", 'spans.first_period_start') }} as first_period_label,
        {{ period_label("'month'", 'spans.last_period_start') }} as last_period_label,
        spans.statement_count,
        {{ statement_path('statements.payee_id') }} as link

    from statements
    inner join latest_statements
        on statements.payee_id = latest_statements.payee_id
        and statements.period_start = latest_statements.period_start
    inner join spans
        on statements.payee_id = spans.payee_id

)

select * from payees
