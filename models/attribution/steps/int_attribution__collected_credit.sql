-- One row per deal, model and touch that a payment was credited to.

with

payment_credit as (

    select * from {{ ref('int_attribution__payment_credit') }}

),

-- A payment without an exchange rate leaves what was collected unknown, never smaller.
collected_credit as (

    select
        deal_id,
        model,
        touch_id,
        case when count(*) = count(credited_amount) then sum(credited_amount) end
            as credited_collected_amount

    from payment_credit
    where deal_id is not null
    group by deal_id, model, touch_id

)

select * from collected_credit
