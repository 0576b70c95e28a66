-- A printed statement adds up: its lines sum to the total under them, which is the payable amount;
-- an incomplete one shows no amount at all. A row is a statement that does not.

with

printed as (

    select
        payee_id,
        period_start,
        sum(case when not is_total then amount end) as line_amount,
        max(case when is_total then amount end) as total_amount,
        count(case when is_total then 1 end) as total_count,
        count(case when not is_total then 1 end) as line_count

    from {{ ref('rpt_statement_lines') }}
    where basis = 'computed'
    group by payee_id, period_start

)

select
    statements.payee_id,
    statements.period_start,
    statements.payable_amount,
    printed.line_amount,
    printed.total_amount

from {{ ref('fct_bonus_statements') }} as statements
left join printed
    on statements.payee_id = printed.payee_id
    and statements.period_start = printed.period_start
where
    statements.payable_amount is distinct from printed.line_amount
    or statements.payable_amount is distinct from printed.total_amount
    or printed.total_count is distinct from 1
    or coalesce(printed.line_count, 0) = 0
