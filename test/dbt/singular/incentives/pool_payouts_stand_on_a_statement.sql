-- Every payout of a pool stands on the payee's statement, once the month that carries it has begun.

with

months as (

    select distinct period_start from {{ ref('fct_bonus_statements') }}

),

due_payouts as (

    select
        payouts.payee_id,
        payouts.statement_period_start,
        sum(payouts.statement_amount) as statement_amount

    from {{ ref('fct_pool_payouts') }} as payouts
    inner join months
        on payouts.statement_period_start = months.period_start
    group by payouts.payee_id, payouts.statement_period_start

)

select
    due_payouts.payee_id,
    due_payouts.statement_period_start,
    due_payouts.statement_amount,
    statements.pool_amount

from due_payouts
left join {{ ref('fct_bonus_statements') }} as statements
    on due_payouts.payee_id = statements.payee_id
    and due_payouts.statement_period_start = statements.period_start
where
    statements.payee_id is null
    or (
        statements.pool_amount is distinct from due_payouts.statement_amount
        and statements.status <> 'incomplete'
    )
