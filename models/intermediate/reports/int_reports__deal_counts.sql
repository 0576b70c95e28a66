-- One row per lead with deals in its history: how many are open, won and lost, what they earned.

with

lead_deals as (

    select * from {{ ref('int_reports__lead_deals') }}

),

deal_counts as (

    select
        lead_id,
        count(case when status = 'open' then 1 end) as open_deals,
        min(case when status = 'open' then stage_label end) as open_stage,
        count(case when status = 'won' then 1 end) as won_deals,
        count(case when status = 'lost' then 1 end) as lost_deals,
        min(case when is_disputed then disputed_side end) as disputed_side,
        sum(collected_amount) as collected_amount

    from lead_deals
    group by lead_id

)

select * from deal_counts
