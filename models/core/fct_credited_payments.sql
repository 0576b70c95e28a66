-- One row per payment, attribution model and touch. The model "default" is the one that was the
-- default when the deal came about. A payment whose deal is not known keeps one row without a
-- channel under every model, so that the parts sum to all the money that came in.

with

payments as (

    select * from {{ ref('fct_payments') }}

),

payment_credit as (

    select * from {{ ref('fct_payment_credit') }}

),

attribution_models as (

    select * from {{ ref('attribution_models') }}

),

touches as (

    select * from {{ ref('fct_touches') }}

),

model_credit as (

    {{ under_models('payment_credit', [
        'payment_id', 'touch_id', 'channel_id', 'campaign_id', 'credited_amount'
    ]) }}

),

-- Under a model that was not in force when the deal came about nobody is credited; a payment
-- without any credit is money under each.
uncredited_payments as (

    select
        payments.payment_id,
        models.attribution_model,
        payments.collected_amount

    from payments
    cross join (
        select distinct model as attribution_model from attribution_models

        union distinct

        select 'default' as attribution_model
    ) as models
    left join (select distinct payment_id from payment_credit) as credited
        on payments.payment_id = credited.payment_id
    left join (
        select distinct payment_id from payment_credit
        where is_default
    ) as credited_by_default
        on payments.payment_id = credited_by_default.payment_id
    where
        (models.attribution_model != 'default' and credited.payment_id is null)
        or (models.attribution_model = 'default' and credited_by_default.payment_id is null)

),

all_credit as (

    select * from model_credit

    union all

    select
        payment_id,
        cast(null as string) as touch_id,
        cast(null as string) as channel_id,
        cast(null as string) as campaign_id,
        collected_amount as credited_amount,
        attribution_model

    from uncredited_payments

),

credited_payments as (

    select
        all_credit.payment_id,
        all_credit.touch_id,
        payments.paid_date,
        all_credit.channel_id,
        all_credit.campaign_id,
        touches.landing_page,
        payments.product_line_id,
        payments.person_id,
        case
            when payments.lead_id is not null then 'marketing'
            when payments.is_deal_known then 'sales'
        end as sourcing_department_id,
        all_credit.attribution_model,
        all_credit.credited_amount

    from all_credit
    inner join payments
        on all_credit.payment_id = payments.payment_id
    left join touches
        on all_credit.touch_id = touches.touch_id

)

select * from credited_payments
