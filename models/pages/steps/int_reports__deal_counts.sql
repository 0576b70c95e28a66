-- One row per lead with deals in its history: how many are open, won and lost, what they earned.

with

lead_deals as (

    select * from {{ ref('int_reports__lead_deals') }}

),

payments as (

    select * from {{ ref('fct_payments') }}

),

-- One payment without a rate makes the whole sum unknown; a deal not paid yet does not.
lead_payments as (

    select
        lead_deals.lead_id,
        case
            when count(*) = count(payments.collected_amount) then sum(payments.collected_amount)
        end as collected_amount

    from lead_deals
    inner join payments
        on lead_deals.deal_id = payments.deal_id
    group by lead_deals.lead_id

),

deal_counts as (

    select
        lead_id,
        count(case when status = 'open' then 1 end) as open_deals,
        min(case when status = 'open' then stage_label end) as open_stage,
        count(case when status = 'won' then 1 end) as won_deals,
        count(case when status = 'lost' then 1 end) as lost_deals,
        min(disputed_side) as disputed_side

    from lead_deals
    group by lead_id

),

paid_deal_counts as (

    select
        deal_counts.*,
        lead_payments.collected_amount

    from deal_counts
    left join lead_payments
        on deal_counts.lead_id = lead_payments.lead_id

)

select * from paid_deal_counts
