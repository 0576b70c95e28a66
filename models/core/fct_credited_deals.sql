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

default_credit as (

    select * from credit
    where is_default

),

{% set models = [('credit', 'model'), ('default_credit', "'default'")] %}

model_credit as (

    {% for relation, model in models %}
    select
        deal_id,
        touch_id,
        channel_id,
        campaign_id,
        cast({{ model }} as string) as attribution_model,
        credit_share,
        credited_booked_amount

    from {{ relation }}
    {% if not loop.last %}
    union all
    {% endif %}
    {% endfor %}

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
