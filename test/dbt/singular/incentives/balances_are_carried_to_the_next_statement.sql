-- What is earned and brought forward is paid or carried, and what one statement carries the next
-- one brings forward: nothing that is owed is lost on the way.

with

statements as (

    select
        *,
        lag(balance_carried_amount) over (
            partition by payee_id, currency_code
            order by period_start
        ) as previous_carried_amount,
        lag(status) over (
            partition by payee_id, currency_code
            order by period_start
        ) as previous_status

    from {{ ref('fct_bonus_statements') }}

)

select
    payee_id,
    period_start,
    earned_amount,
    balance_brought_forward_amount,
    payable_amount,
    balance_carried_amount,
    previous_carried_amount

from statements
where
    earned_amount + balance_brought_forward_amount + guarantee_paid_amount
    <> payable_amount + balance_carried_amount
    or payable_amount < 0
    or balance_carried_amount > 0
    or (
        payable_amount > greatest(recoverable_draw_amount, guaranteed_amount)
        and balance_carried_amount < 0
    )
    or (
        previous_status <> 'incomplete'
        and balance_brought_forward_amount <> previous_carried_amount
    )
    or (previous_status is null and balance_brought_forward_amount <> 0)
