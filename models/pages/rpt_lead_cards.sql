-- One row per lead with a card: where it came from, what it is worth, who has it and what is next.
-- No names or addresses of people outside: whoever opens the site can read every card.

with

shown_leads as (

    select * from {{ ref('int_reports__shown_leads') }}

),

obligations as (

    select * from {{ ref('fct_sla_obligations') }}

),

latest_rejections as (

    select
        *,
        row_number() over (partition by lead_id order by rejected_at desc, rejection_id desc)
            as rejection_number

    from {{ ref('fct_audit_queue') }}

),

audits as (

    select
        shown_leads.lead_id,
        case
            when open_audits.is_overdue then 'overdue'
            when open_audits.lead_id is not null then 'due'
            when rejections.status = 'audited' then rejections.verdict
        end as audit_state,
        coalesce(open_audits.due_date, rejections.audited_date) as audit_date,
        rejections.audit_reason,
        case
            when open_audits.is_overdue then 'bad'
            when rejections.verdict = 'overturned' then 'warn'
            else 'neutral'
        end as audit_tone

    from shown_leads
    left join latest_rejections as rejections
        on shown_leads.lead_id = rejections.lead_id
        and rejections.rejection_number = 1
    left join {{ ref('int_reports__waiting_audits') }} as open_audits
        on shown_leads.lead_id = open_audits.lead_id
        and open_audits.has_audits

)

select
    shown_leads.lead_id,
    shown_leads.shown_because,
    substring(cast({{ company_time('leads.created_at') }} as varchar), 1, 16)
        as created_local_time,
    leads.current_stage,
    next_steps.next_step_message,
    next_steps.next_step_owner,
    next_steps.tone as next_step_tone,
    coalesce({{ person_label('people') }}, owners.person_id) as person_label,
    coalesce(product_lines.product_line_label, leads.product_line_id) as product_line_label,
    channels.channel_label,
    coalesce(campaigns.campaign_name, leads.campaign_id) as campaign_name,
    {{ page_path('leads.landing_page') }} as landing_page,
    visit_paths.visits,
    visit_paths.visit_path,
    visit_paths.more_visits,
    leads.country_code,
    leads.record_url,
    leads.cost_amount,
    {% for name in ['tier', 'heat', 'icp', 'readiness', 'persona', 'qualification', 'bant'] %}
    scores.{{ name }}_label,
    scores.{{ name }}_reason_message,
    {% endfor %}
    scores.expected_amount,
    scores.heat_points,
    scores.icp_points,
    scores.readiness_points,
    scores.rule_version,
    {% for kind in ['response', 'feedback'] %}
    case
        when {{ kind }}.obligation_id is not null
            then
                {{ message('lead.commitment', {
                    'status': kind ~ '.status',
                    'minutes': kind ~ '.business_minutes',
                    'due': as_time(kind ~ '.due_at'),
                    'reason': as_message(kind ~ '.reason_message')
                }) }}
    end as {{ kind }}_state_message,
    -- Red only for what can still be done.
    case {{ kind }}.status
        when 'met' then 'good' when 'late' then 'warn' when 'breached' then 'bad' else 'neutral'
    end as {{ kind }}_tone,
    {% endfor %}
    case
        when audits.audit_state is not null
            then
                {{ message('lead.audit', {
                    'state': 'audits.audit_state',
                    'day': as_day('audits.audit_date'),
                    'reason': 'audits.audit_reason'
                }) }}
    end as audit_state_message,
    audits.audit_tone,
    cast(deal_counts.collected_amount as decimal(28, 2)) as collected_amount

from shown_leads
inner join {{ ref('dim_leads') }} as leads
    on shown_leads.lead_id = leads.lead_id
inner join {{ ref('int_reports__next_steps') }} as next_steps
    on shown_leads.lead_id = next_steps.lead_id
inner join audits
    on shown_leads.lead_id = audits.lead_id
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
left join obligations as response
    on shown_leads.lead_id = response.lead_id
    and response.obligation_kind = 'first_response'
left join obligations as feedback
    on shown_leads.lead_id = feedback.lead_id
    and feedback.obligation_kind = 'feedback'
left join {{ ref('int_reports__deal_counts') }} as deal_counts
    on shown_leads.lead_id = deal_counts.lead_id
