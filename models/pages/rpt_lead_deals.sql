-- One row per lead with a card and deal in its history, deals of the same client without a lead of
-- their own included.

with

lead_deals as (

    select * from {{ ref('int_reports__lead_deals') }}

),

shown_leads as (

    select * from {{ ref('int_reports__shown_leads') }}

)

select
    lead_deals.lead_id,
    lead_deals.deal_id,
    lead_deals.status,
    lead_deals.stage_label,
    lead_deals.stage_entered_date,
    coalesce(product_lines.product_line_label, lead_deals.product_line_id) as product_line_label,
    coalesce({{ person_label('people') }}, lead_deals.person_id) as person_label,
    lead_deals.created_date,
    lead_deals.closed_date,
    lead_deals.booked_amount,
    lead_deals.unknown_amount_reason,
    lead_deals.collected_amount,
    lead_deals.lost_reason_label,
    case
        when lead_deals.status = 'lost' then {{ lost_side_label('lead_deals.responsible_side') }}
    end as side_label,
    case when lead_deals.is_disputed then {{ lost_side_label('lead_deals.disputed_side') }} end
        as disputed_side_label,
    lead_deals.dispute_note

from lead_deals
inner join shown_leads
    on lead_deals.lead_id = shown_leads.lead_id
left join {{ ref('dim_people') }} as people
    on lead_deals.person_id = people.person_id
left join {{ ref('dim_product_lines') }} as product_lines
    on lead_deals.product_line_id = product_lines.product_line_id
