-- Every statement is the sum of its lines, to the cent; an incomplete one has no amount anywhere.

with

line_sums as (

    select
        payee_id,
        period_start,
        sum(amount) as line_amount,
        count(*) as line_count

    from {{ ref('fct_bonus_statement_lines') }}
    group by payee_id, period_start

)

select
    statements.payee_id,
    statements.period_start,
    statements.status,
    statements.payable_amount,
    line_sums.line_amount

from {{ ref('fct_bonus_statements') }} as statements
left join line_sums
    on statements.payee_id = line_sums.payee_id
    and statements.period_start = line_sums.period_start
where
    statements.payable_amount is distinct from line_sums.line_amount
    or (statements.status = 'incomplete') <> (statements.payable_amount is null)
    or line_sums.line_count is null
