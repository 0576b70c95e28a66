-- One row per lost deal: the side that answers for it, and the side somebody holds responsible
-- instead. A dispute stands beside the published rule and never replaces it.

with

deals as (

    select * from {{ ref('dim_deals') }}
    where status = 'lost'

),

disputes as (

    select * from {{ ref('stg_files__deals') }}

),

lost_reasons as (

    select * from {{ ref('lost_reasons') }}

),

judged_deals as (

    select
        deals.deal_id,
        deals.lead_id,
        deals.client_id,
        deals.person_id,
        deals.product_line_id,
        deals.channel_id,
        deals.campaign_id,
        deals.closed_at,
        deals.closed_date,
        deals.lost_reason,
        coalesce(lost_reasons.lost_reason_label, deals.lost_reason) as lost_reason_label,
        lost_reasons.responsible_side,
        case
            when deals.lost_reason is null then 'no reason was given'
            when lost_reasons.lost_reason is null
                then 'no side was declared for this reason on the day the deal was closed'
        end as unknown_side_reason,
        disputes.disputed_side,
        disputes.dispute_note,
        disputes.disputed_side is not null
        and disputes.disputed_side != coalesce(lost_reasons.responsible_side, '') as is_disputed,
        deals.booked_amount as amount,
        deals.unknown_amount_code,
        deals.currency_code

    from deals
    inner join disputes
        on deals.deal_id = disputes.deal_id
    left join lost_reasons
        on deals.lost_reason = lost_reasons.lost_reason
        and {{ is_in_force('lost_reasons', 'deals.closed_date') }}

)

select * from judged_deals
