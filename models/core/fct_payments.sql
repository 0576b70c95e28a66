-- One row per payment or refund, with the deal it belongs to. collected_amount is net of tax, in
-- the company's currency, negative for a refund; null where the day has no exchange rate.

with

payments as (

    select * from {{ ref('int_money__payments') }}
    where {{ has_come('paid_date') }}

),

deals as (

    select * from {{ ref('stg_files__deals') }}

),

joined_payments as (

    select
        payments.payment_id,
        payments.deal_id,
        deals.deal_id is not null as is_deal_known,
        deals.lead_id,
        deals.client_id,
        deals.person_id,
        -- Without a client nobody but the owner of the deal looks after it.
        case
            when client_payments.period_number is null then deals.person_id
            else client_payments.owner_person_id
        end as account_owner_person_id,
        deals.product_line_id,
        payments.kind,
        payments.refund_of_payment_id,
        payments.paid_at,
        payments.paid_date,
        payments.net_amount as delivered_net_amount,
        payments.currency_code as delivered_currency_code,
        payments.collected_amount,
        '{{ var("company_currency") }}' as currency_code

    from payments
    left join deals
        on payments.deal_id = deals.deal_id
    left join {{ ref('int_clients__payments') }} as client_payments
        on payments.payment_id = client_payments.payment_id

)

select * from joined_payments
