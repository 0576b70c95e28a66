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
    coalesce({{ person_label('people') }}, lead_deals.person_id) as person_label,
    lead_deals.created_date,
    lead_deals.closed_date,
    lead_deals.booked_amount,
    lead_deals.collected_amount,
    case
        when lead_deals.status = 'lost'
            then
                {{ message('lead.loss', {
                    'reason': 'lead_deals.lost_reason_label',
                    'side': 'lead_deals.responsible_side',
                    'disputed_side': 'lead_deals.disputed_side',
                    'note': 'lead_deals.dispute_note'
                }) }}
    end as loss_message

from lead_deals
inner join shown_leads
    on lead_deals.lead_id = shown_leads.lead_id
left join {{ ref('dim_people') }} as people
    on lead_deals.person_id = people.person_id
