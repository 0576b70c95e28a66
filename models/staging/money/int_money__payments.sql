-- One row per payment or refund: the net amount in the company's currency at the rate of the day it
-- was paid; refunds negative; null where that day has no rate. A refund that names no deal belongs
-- to the deal of the payment it gives back, and so does money that comes back when a refund is
-- undone.

with

payments as (

    select * from {{ ref('stg_files__payments') }}

),

rates as (

    select * from {{ ref('int_money__rates') }}

),

converted_payments as (

    select
        payments.payment_id,
        coalesce(payments.deal_id, refunded_payments.deal_id) as deal_id,
        payments.kind,
        payments.refund_of_payment_id,
        payments.paid_at,
        payments.paid_date,
        payments.currency_code,
        payments.net_amount,
        cast({{ product('payments.net_amount', 2, 'rates.rate', 10) }} as decimal(28, 2))
            as collected_amount

    from payments
    left join payments as refunded_payments
        on payments.refund_of_payment_id = refunded_payments.payment_id
    left join rates
        on payments.currency_code = rates.currency_code
        and payments.paid_date >= rates.valid_from
        and payments.paid_date < rates.valid_to

)

select * from converted_payments
