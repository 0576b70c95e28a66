-- One row per month with a statement that is not complete: who waits for which number, in words.

with

statements as (

    select * from {{ ref('fct_bonus_statements') }}
    where status != 'complete'

),

reasons as (

    select
        period_start,
        status,
        reason,
        {{ dbt.listagg('payee_name', "', '", 'order by payee_name') }} as payee_names

    from statements
    group by period_start, status, reason

),

month_reasons as (

    select
        period_start,
        {{ dbt.listagg(
            "payee_names || ' (' || status || '): ' || reason", "'; '", 'order by status, payee_names'
        ) }} as reasons

    from reasons
    group by period_start

)

select * from month_reasons
