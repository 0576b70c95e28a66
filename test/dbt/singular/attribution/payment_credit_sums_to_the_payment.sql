-- Every payment is credited to the cent in every model it is credited in, and in at least one.

select
    payments.payment_id,
    payment_credit.model,
    payments.collected_amount,
    sum(payment_credit.credited_amount) as credited_amount

from {{ ref('int_money__payments') }} as payments
left join {{ ref('fct_payment_credit') }} as payment_credit
    on payments.payment_id = payment_credit.payment_id
where {{ has_come('payments.paid_date') }}
group by payments.payment_id, payment_credit.model, payments.collected_amount
having
    payment_credit.model is null
    or sum(payment_credit.credited_amount) is distinct from payments.collected_amount
