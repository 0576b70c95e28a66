-- One row per payment or refund in the history of a lead, with whoever looked after the client when
-- the money moved.

with

payments as (

    select * from {{ ref('fct_payments') }}

),

deal_leads as (

    select * from {{ ref('int_clients__deal_leads') }}

),

client_payments as (

    select * from {{ ref('int_clients__payments') }}

),

payment_events as (

    select
        deal_leads.lead_id,
        payments.paid_at as occurred_at,
        payments.kind as event_kind,
        payments.payment_id as event_id,
        case payments.kind when 'payment' then 900 else 910 end as event_order,
        case
            when client_payments.period_number is null then payments.person_id
            else client_payments.owner_person_id
        end as person_id,
        case payments.kind when 'payment' then 'Payment' else 'Refund' end as title,
        case
            when payments.collected_amount is null
                then 'no exchange rate for '
                    || cast(payments.delivered_net_amount as varchar) || ' '
                    || payments.delivered_currency_code
            when payments.kind = 'refund'
                then 'of payment ' || payments.refund_of_payment_id
        end as detail,
        payments.collected_amount as amount,
        payments.deal_id,
        deal_leads.client_id

    from payments
    inner join deal_leads
        on payments.deal_id = deal_leads.deal_id
    left join client_payments
        on payments.payment_id = client_payments.payment_id

)

select * from payment_events
