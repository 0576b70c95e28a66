-- A signed statement adds up as it is printed: its lines sum to the total under them, which is what
-- the ledger says is payable. A row is a statement that does not.

with

printed as (

    select
        payee_id,
        period_start,
        currency_code,
        sum(case when is_total then 0 else amount end) as line_amount,
        max(case when is_total then amount end) as total_amount

    from {{ ref('rpt_statement_lines') }}
    where basis = 'signed'
    group by payee_id, period_start, currency_code

)

select
    signed.payee_id,
    signed.period_start,
    signed.payable_amount,
    printed.line_amount,
    printed.total_amount

from {{ ref('stg_jointly__signed_statements') }} as signed
inner join {{ ref('int_finance__months') }} as months
    on signed.period_start = months.period_start
left join printed
    on signed.payee_id = printed.payee_id
    and signed.period_start = printed.period_start
    and signed.currency_code = printed.currency_code
where
    signed.payable_amount is distinct from printed.line_amount
    or signed.payable_amount is distinct from printed.total_amount
