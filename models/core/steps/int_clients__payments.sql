-- One row per payment or refund of a client: whoever looked after the client when the money moved.

with

payments as (

    select * from {{ ref('int_money__payments') }}

),

deals as (

    select * from {{ ref('stg_files__deals') }}

),

owner_periods as (

    select * from {{ ref('int_clients__owner_periods') }}

),

as_of as (

    select * from {{ ref('dim_as_of') }}

),

-- Money before the signature, such as a deposit, counts to the first owner.
client_payments as (

    select
        payments.payment_id,
        payments.deal_id,
        deals.client_id,
        owner_periods.period_number,
        owner_periods.person_id as owner_person_id,
        payments.paid_at,
        payments.collected_amount

    from payments
    inner join as_of
        on payments.paid_at <= as_of.observed_until
    inner join deals
        on payments.deal_id = deals.deal_id
    left join owner_periods
        on deals.client_id = owner_periods.client_id
        and (payments.paid_at >= owner_periods.owned_from or owner_periods.period_number = 1)
        and (payments.paid_at < owner_periods.owned_to or owner_periods.owned_to is null)
    where deals.client_id is not null

)

select * from client_payments
