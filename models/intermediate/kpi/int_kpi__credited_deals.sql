-- One row per closed deal and touch of the default attribution model; shares of a deal sum to one.

with

credit as (

    select * from {{ ref('fct_attribution_credit') }}

),

default_models as (

    select * from {{ ref('attribution_models') }}
    where is_default

),

deals as (

    select * from {{ ref('dim_deals') }}

),

credited_deals as (

    select
        credit.deal_id,
        credit.touch_id,
        credit.channel_id,
        credit.campaign_id,
        deals.product_line_id,
        deals.person_id,
        deals.status,
        deals.closed_date,
        credit.credit_share,
        credit.credited_booked_amount

    from credit
    inner join default_models
        on credit.model = default_models.model
    inner join deals
        on credit.deal_id = deals.deal_id
        and deals.closed_date >= default_models.valid_from
        and deals.closed_date < coalesce(default_models.valid_to, cast('9999-12-31' as date))
    where deals.status in ('won', 'lost')

)

select * from credited_deals
