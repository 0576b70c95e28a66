-- One row per lead: where it came from, who has it, how far it came and what it cost.

with

leads as (

    select * from {{ ref('stg_files__leads') }}

),

lead_channels as (

    select * from {{ ref('int_attribution__lead_channels') }}

),

stage_dates as (

    select * from {{ ref('int_leads__stage_dates') }}

),

handovers as (

    select * from {{ ref('fct_lead_handovers') }}

),

lead_costs as (

    select * from {{ ref('int_leads__costs') }}

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

    from leads
    left join lead_channels
        on leads.lead_id = lead_channels.lead_id
    left join stage_dates
        on leads.lead_id = stage_dates.lead_id
    left join handovers
        on leads.lead_id = handovers.lead_id
    left join lead_costs
        on leads.lead_id = lead_costs.lead_id

)

select * from described_leads
