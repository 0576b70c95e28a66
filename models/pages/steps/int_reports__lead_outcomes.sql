-- One row per lead: what has become of it so far.

with

leads as (

    select * from {{ ref('dim_leads') }}

),

deals as (

    select * from {{ ref('dim_deals') }}
    where lead_id is not null

),

money_outcomes as (

    select * from {{ ref('fct_cohort_leads') }}

),

lead_deals as (

    select
        lead_id,
        max(case when status = 'won' then 1 else 0 end) = 1 as has_won,
        max(case when status = 'open' then 1 else 0 end) = 1 as has_open,
        max(case when status = 'lost' then 1 else 0 end) = 1 as has_lost,
        max(lost_reason) as lost_reason

    from deals
    group by lead_id

),

-- A later success forgives: a lead once ignored and then won is won.
judged_leads as (

    select
        leads.lead_id,
        case
            when lead_deals.has_won then 'won'
            when lead_deals.has_open then 'open'
            when lead_deals.has_lost then 'lost'
            when leads.current_stage in ('rejected', 'junk', 'recycled') then 'turned_down'
            when leads.is_ignored then 'ignored'
            when leads.assigned_at is null then 'not_handed_over'
            else 'open'
        end as outcome,
        cast(
            case when money_outcomes.has_payments then money_outcomes.collected_amount end
            as decimal(38, 2)
        ) as collected_amount,
        lead_deals.lost_reason

    from leads
    left join lead_deals
        on leads.lead_id = lead_deals.lead_id
    left join money_outcomes
        on leads.lead_id = money_outcomes.lead_id

)

select * from judged_leads
