-- One row per payee: the month their statement page opens with.

with

statements as (

    select * from {{ ref('int_finance__statements') }}

),

months as (

    select * from {{ ref('int_finance__months') }}

),

-- The page of somebody who has left opens with the last finished month they were paid for: one
-- that is signed may lie outside the data.
latest_statements as (

    select
        statements.payee_id,
        coalesce(
            max(case when coalesce(months.is_final, true) then statements.period_start end),
            max(statements.period_start)
        ) as period_start

    from statements
    left join months
        on statements.period_start = months.period_start
    group by statements.payee_id

)

select * from latest_statements
