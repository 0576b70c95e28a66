-- One row per payment or refund: the net amount in the company's currency at the rate of the day it
-- was paid; refunds negative; null where that day has no rate.

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
        payments.deal_id,
        payments.kind,
        payments.refund_of_payment_id,
        payments.paid_at,
        payments.paid_date,
        payments.currency_code,
        payments.net_amount,
        cast(payments.net_amount * rates.rate as decimal(18, 2)) as collected_amount

    from payments
    left join rates
        on payments.currency_code = rates.currency_code
        and payments.paid_date >= rates.valid_from
        and payments.paid_date < rates.valid_to

)

select * from converted_payments
