-- One row per month with a statement that is not complete: who waits for which number, in words.

with

statements as (

    select * from {{ ref('int_finance__statements') }}
    where status != 'complete'

),

reasons as (

    select
        period_start,
        status,
        reason_text,
        {{ dbt.listagg('payee_name', "', '", 'order by payee_name') }} as payee_names

    from statements
    group by period_start, status, reason_text

),

month_reasons as (

    select
        period_start,
        {{ dbt.listagg(
            "payee_names || ' (' || status || '): ' || reason_text", "'; '", 'order by status, payee_names'
        ) }} as reasons

    from reasons
    group by period_start

)

select * from month_reasons
