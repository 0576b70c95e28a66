-- One row per payment, model and credited touch: the part of the payment that the touch earned.

with

payment_shares as (

    select * from {{ ref('int_attribution__payment_shares') }}

),

payment_credit as (

    select
        payment_id,
        deal_id,
        touch_id,
        model,
        channel_id,
        campaign_id,
        paid_date,
        cast(
            {{ allocate(
                'collected_amount', 'credit_share', 2, 'payment_id, model', 'remainder_rank'
            ) }} as decimal(28, 2)
        ) as credited_amount

    from payment_shares

)

select * from payment_credit
