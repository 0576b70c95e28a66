-- One row per payment, model and credited touch: the part of the payment that the touch earned.

with

payments as (

    select * from {{ ref('int_money__payments') }}
    where {{ has_come('paid_date') }}

),

touch_shares as (

    select * from {{ ref('int_attribution__touch_shares') }}

),

attribution_models as (

    select * from {{ ref('attribution_models') }}

),

credited_deals as (

    select distinct deal_id from touch_shares

),

-- Money that belongs to no known deal stays visible, as unattributed.
orphan_shares as (

    select
        payments.payment_id,
        attribution_models.model

    from payments
    inner join attribution_models
        on {{ is_in_force('attribution_models', 'payments.paid_date') }}
    left join credited_deals
        on payments.deal_id = credited_deals.deal_id
    where credited_deals.deal_id is null

),

shared_payments as (

    select
        payments.payment_id,
        payments.deal_id,
        payments.paid_date,
        payments.collected_amount,
        touch_shares.touch_id,
        touch_shares.model,
        touch_shares.is_default,
        touch_shares.channel_id,
        touch_shares.campaign_id,
        touch_shares.credit_share,
        touch_shares.remainder_rank

    from payments
    inner join touch_shares
        on payments.deal_id = touch_shares.deal_id

    union all

    select
        payments.payment_id,
        payments.deal_id,
        payments.paid_date,
        payments.collected_amount,
        cast(null as string) as touch_id,
        orphan_shares.model,
        false as is_default,
        cast(null as string) as channel_id,
        cast(null as string) as campaign_id,
        1 as credit_share,
        1 as remainder_rank

    from payments
    inner join orphan_shares
        on payments.payment_id = orphan_shares.payment_id

),

payment_credit as (

    select
        payment_id,
        deal_id,
        touch_id,
        model,
        is_default,
        channel_id,
        campaign_id,
        paid_date,
        cast(
            {{ allocate(
                'collected_amount', 'credit_share', 2, 'payment_id, model', 'remainder_rank'
            ) }} as decimal(28, 2)
        ) as credited_amount

    from shared_payments

)

select * from payment_credit
