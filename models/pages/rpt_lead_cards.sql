-- One row per lead with a card: where it came from, what it is worth, who has it and what is next.
-- No names or addresses of people outside: whoever opens the site can read every card.

with

shown_leads as (

    select * from {{ ref('int_reports__shown_leads') }}

),

leads as (

    select * from {{ ref('dim_leads') }}

),

deal_counts as (

    select * from {{ ref('int_reports__deal_counts') }}

)

select
    shown_leads.lead_id,
    shown_leads.shown_because,
    substring(cast({{ company_time('leads.created_at') }} as varchar), 1, 16)
        as created_local_time,
    coalesce({{ lead_stage_label('leads.current_stage') }}, 'inquiry') as stage_label,
    next_steps.next_step,
    next_steps.next_step_owner,
    next_steps.tone as next_step_tone,
    coalesce({{ person_label('people') }}, owners.person_id) as person_label,
    coalesce(product_lines.product_line_label, leads.product_line_id) as product_line_label,
    coalesce(channels.channel_label, 'Unattributed') as channel_label,
    coalesce(campaigns.campaign_name, leads.campaign_id) as campaign_name,
    {{ page_path('leads.landing_page') }} as landing_page,
    visit_paths.visits,
    visit_paths.visit_path,
    leads.country_code,
    leads.cost_amount,
    {% for name in ['tier', 'heat', 'icp', 'readiness', 'persona', 'qualification', 'bant'] %}
    scores.{{ name }}_label,
    scores.{{ name }}_reason_message,
    {% endfor %}
    scores.tier_order,
    scores.heat_order,
    scores.expected_amount,
    scores.heat_points,
    scores.icp_points,
    scores.readiness_points,
    scores.rule_version,
    promises.response_state,
    promises.response_tone,
    promises.feedback_state,
    promises.feedback_tone,
    promises.audit_state,
    promises.audit_tone,
    cast(deal_counts.collected_amount as decimal(28, 2)) as collected_amount

from shown_leads
inner join leads
    on shown_leads.lead_id = leads.lead_id
inner join {{ ref('int_reports__next_steps') }} as next_steps
    on shown_leads.lead_id = next_steps.lead_id
inner join {{ ref('int_reports__lead_promises') }} as promises
    on shown_leads.lead_id = promises.lead_id
left join {{ ref('int_reports__lead_owners') }} as owners
    on shown_leads.lead_id = owners.lead_id
left join {{ ref('dim_people') }} as people
    on owners.person_id = people.person_id
left join {{ ref('dim_product_lines') }} as product_lines
    on leads.product_line_id = product_lines.product_line_id
left join {{ ref('dim_channels') }} as channels
    on leads.channel_id = channels.channel_id
left join {{ ref('dim_campaigns') }} as campaigns
    on leads.campaign_id = campaigns.campaign_id
left join {{ ref('int_reports__visit_paths') }} as visit_paths
    on shown_leads.lead_id = visit_paths.lead_id
left join {{ ref('fct_lead_bands') }} as scores
    on shown_leads.lead_id = scores.lead_id
left join deal_counts
    on shown_leads.lead_id = deal_counts.lead_id
