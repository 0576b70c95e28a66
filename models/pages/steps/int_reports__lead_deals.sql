-- One row per lead and deal in its history, deals of the same client without a lead of their own
-- included.

with

lead_deals as (

    select distinct
        lead_id,
        deal_id

    from {{ ref('fct_lead_history') }}
    where deal_id is not null

),

deals as (

    select * from {{ ref('dim_deals') }}

),

current_stages as (

    select * from {{ ref('fct_deal_stage_transitions') }}
    where exited_at is null

),

lost_deals as (

    select * from {{ ref('fct_lost_deals') }}

),

described_deals as (

    select
        lead_deals.lead_id,
        deals.deal_id,
        deals.status,
        coalesce(current_stages.stage_label, deals.stage) as stage_label,
        deals.person_id,
        deals.created_date,
        deals.closed_date,
        deals.booked_amount,
        deals.collected_amount,
        lost_deals.lost_reason_label,
        lost_deals.responsible_side,
        case when lost_deals.is_disputed then lost_deals.disputed_side end as disputed_side,
        lost_deals.dispute_note

    from lead_deals
    inner join deals
        on lead_deals.deal_id = deals.deal_id
    left join current_stages
        on lead_deals.deal_id = current_stages.deal_id
    left join lost_deals
        on lead_deals.deal_id = lost_deals.deal_id

)

select * from described_deals
