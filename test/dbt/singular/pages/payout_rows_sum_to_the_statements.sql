-- What finance reads is what the statements say: the rows of the payees, the subtotals of the
-- departments and the total come to the same, per month and currency; of a signed month, the
-- statements as they were signed. A row is a sum that differs.

with

signed as (

    select * from {{ ref('stg_jointly__signed_statements') }}

),

statements as (

    select period_start, currency_code, payable_amount
    from signed

    union all

    select period_start, currency_code, payable_amount
    from {{ ref('fct_bonus_statements') }}
    where period_start not in (select period_start from signed)

),

statement_sums as (

    select
        period_start,
        currency_code,
        count(*) as payee_count,
        count(payable_amount) as known_count,
        sum(payable_amount) as payable_amount

    from statements
    group by period_start, currency_code

),

row_sums as (

    select
        period_start,
        currency_code,
        row_type,
        sum(payee_count) as payee_count,
        count(*) as row_count,
        count(payable_amount) as known_row_count,
        sum(payable_amount) as payable_amount

    from {{ ref('rpt_payouts') }}
    group by period_start, currency_code, row_type

),

row_types as (

    select 'payee' as row_type
    union all
    select 'department' as row_type
    union all
    select 'total' as row_type

)

select
    statement_sums.period_start,
    statement_sums.currency_code,
    row_types.row_type,
    statement_sums.payable_amount as statement_amount,
    row_sums.payable_amount as row_amount

from statement_sums
cross join row_types
left join row_sums
    on statement_sums.period_start = row_sums.period_start
    and statement_sums.currency_code = row_sums.currency_code
    and row_types.row_type = row_sums.row_type
where
    row_sums.payee_count is distinct from statement_sums.payee_count
    or (
        statement_sums.known_count = statement_sums.payee_count
        and row_sums.payable_amount is distinct from statement_sums.payable_amount
    )
    -- With a statement incomplete, the total must be empty.
    or (
        statement_sums.known_count < statement_sums.payee_count
        and row_types.row_type = 'total'
        and row_sums.known_row_count <> 0
    )
