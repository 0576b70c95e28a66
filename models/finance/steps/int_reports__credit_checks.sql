-- One row per attribution model: the money of the deals it divides, and the money it gave out.

with

credit as (

    select * from {{ ref('fct_attribution_credit') }}

),

deals as (

    select * from {{ ref('dim_deals') }}

),

models as (

    select
        model,
        max(model_label) as model_label

    from {{ ref('attribution_models') }}
    group by model

),

deal_credit as (

    select
        model,
        deal_id,
        sum(credit_share) as share,
        sum(credited_booked_amount) as credited_booked_amount,
        sum(credited_collected_amount) as credited_collected_amount

    from credit
    group by model, deal_id

),

credit_checks as (

    select
        models.model,
        models.model_label,
        count(*) as deal_count,
        count(case when deal_credit.share != 1 then 1 end) as broken_deal_count,
        sum(case when deals.status = 'won' then deals.booked_amount else 0 end) as booked_amount,
        sum(coalesce(deal_credit.credited_booked_amount, 0)) as credited_booked_amount,
        sum(coalesce(deals.collected_amount, 0)) as collected_amount,
        sum(coalesce(deal_credit.credited_collected_amount, 0)) as credited_collected_amount

    from deal_credit
    inner join deals
        on deal_credit.deal_id = deals.deal_id
    inner join models
        on deal_credit.model = models.model
    group by models.model, models.model_label

)

select * from credit_checks
