-- One row per lead with payments: what its deals brought so far, refunds taken off.

with

deals as (

    select * from {{ ref('stg_files__deals') }}

),

payments as (

    select * from {{ ref('int_money__payments') }}

),

outcomes as (

    select
        deals.lead_id,
        -- One payment without a rate makes the whole sum unknown.
        cast(
            case
                when count(*) = count(payments.collected_amount)
                    then sum(payments.collected_amount)
            end as decimal(28, 2)
        ) as collected_amount

    from deals
    inner join payments
        on deals.deal_id = payments.deal_id
    where deals.lead_id is not null
    group by deals.lead_id

)

select * from outcomes
