-- One row per closed deal, attribution model and touch; shares of a deal sum to one. The model
-- "default" is the one that was the default when the deal came about.

with

credit as (

    select * from {{ ref('fct_attribution_credit') }}

),

deals as (

    select * from {{ ref('dim_deals') }}
    where status in ('won', 'lost')

),

touches as (

    select * from {{ ref('fct_touches') }}

),

model_credit as (

    {{ under_models('credit', [
        'deal_id', 'touch_id', 'channel_id', 'campaign_id', 'credit_share', 'credited_booked_amount'
    ]) }}

),

credited_deals as (

    select
        model_credit.deal_id,
        model_credit.touch_id,
        model_credit.channel_id,
        model_credit.campaign_id,
        touches.landing_page,
        deals.product_line_id,
        deals.person_id,
        case when deals.lead_id is not null then 'marketing' else 'sales' end
            as sourcing_department_id,
        model_credit.attribution_model,
        deals.status,
        deals.closed_date,
        model_credit.credit_share,
        model_credit.credited_booked_amount

    from model_credit
    inner join deals
        on model_credit.deal_id = deals.deal_id
    left join touches
        on model_credit.touch_id = touches.touch_id

)

select * from credited_deals
