-- One row per lead that waits to be worked, in the order to work them: the first of each person and
-- list.

with

listed_leads as (

    select * from {{ ref('int_reports__unworked_leads') }}
    where is_listed

)

select
    listed_leads.list,
    cast(listed_leads.rank_of_all as integer) as rank_of_all,
    cast(listed_leads.rank_of_person as integer) as rank_of_person,
    listed_leads.lead_id,
    {{ lead_path('listed_leads.lead_id') }} as lead_path,
    listed_leads.tier_label,
    listed_leads.heat_label,
    listed_leads.expected_amount,
    coalesce(listed_leads.person_id, 'unattributed') as person_id,
    {{ message('sales.owner', {
        'person': 'coalesce(' ~ person_label('people') ~ ', listed_leads.person_id)'
    }) }} as person_label_message,
    coalesce(product_lines.product_line_label, listed_leads.product_line_id)
        as product_line_label,
    coalesce(campaigns.campaign_name, listed_leads.campaign_id) as campaign_name,
    listed_leads.waiting_state,
    {{ message('sales.waiting_state', {'state': 'listed_leads.waiting_state'}) }}
        as waiting_state_label_message,
    case listed_leads.waiting_state when 'waiting' then 'neutral' else 'bad' end as tone,
    substring(cast({{ company_time('listed_leads.response_due_at') }} as varchar), 1, 16)
        as due_local_time,
    cast(listed_leads.waiting_days as integer) as waiting_days,
    listed_leads.cost_amount

from listed_leads
left join {{ ref('dim_people') }} as people
    on listed_leads.person_id = people.person_id
left join {{ ref('dim_product_lines') }} as product_lines
    on listed_leads.product_line_id = product_lines.product_line_id
left join {{ ref('dim_campaigns') }} as campaigns
    on listed_leads.campaign_id = campaigns.campaign_id
