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

conversions as (

    select * from {{ ref('int_attribution__conversions') }}

),

credited_deals as (

    select
        credit.deal_id,
        credit.touch_id,
        credit.channel_id,
        credit.campaign_id,
        deals.product_line_id,
        deals.person_id,
        case when deals.lead_id is not null then 'marketing' else 'sales' end
            as sourcing_department_id,
        deals.status,
        deals.closed_date,
        credit.credit_share,
        credit.credited_booked_amount

    from credit
    inner join deals
        on credit.deal_id = deals.deal_id
    -- The model that was the default when the deal came about.
    inner join conversions
        on credit.deal_id = conversions.deal_id
    inner join default_models
        on credit.model = default_models.model
        and {{ is_in_force('default_models', 'conversions.rule_date') }}
    where deals.status in ('won', 'lost')

)

select * from credited_deals
