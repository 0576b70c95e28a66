-- One row per lead: where it came from, who has it, how far it came and what it cost.

with

stage_dates as (

    select
        lead_id,
        {% for stage in ['mql', 'sal', 'sql', 'opportunity', 'customer', 'rejected', 'junk'] %}
        min(case when stage = '{{ stage }}' then entered_at end) as {{ stage }}_at,
        {% endfor %}
        max(case when exited_at is null then stage end) as current_stage

    from {{ ref('fct_lead_stage_transitions') }} as transitions
    group by lead_id

),

described_leads as (

    select
        leads.lead_id,
        leads.created_at,
        leads.created_date,
        leads.visitor_id,
        lead_channels.channel_id,
        lead_channels.campaign_id,
        leads.channel as recorded_channel,
        leads.product_line_id,
        leads.landing_page,
        leads.full_name,
        leads.email,
        leads.company_name,
        leads.country_code,
        leads.record_url,
        stage_dates.current_stage,
        stage_dates.mql_at,
        stage_dates.sal_at,
        stage_dates.sql_at,
        stage_dates.opportunity_at,
        stage_dates.customer_at,
        handovers.person_id,
        handovers.assigned_at,
        handovers.first_response_at,
        coalesce(handovers.is_ignored, false) as is_ignored,
        lead_costs.cost_amount

    from {{ ref('stg_files__leads') }} as leads
    left join {{ ref('fct_lead_channels') }} as lead_channels
        on leads.lead_id = lead_channels.lead_id
    left join stage_dates
        on leads.lead_id = stage_dates.lead_id
    left join {{ ref('fct_lead_handovers') }} as handovers
        on leads.lead_id = handovers.lead_id
    left join {{ ref('fct_lead_costs') }} as lead_costs
        on leads.lead_id = lead_costs.lead_id
    where {{ has_come('leads.created_date') }}

)

select * from described_leads
