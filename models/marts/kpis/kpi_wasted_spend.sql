-- Ad cost of leads that nobody worked in time, by the day the lead was created.
-- One row per day and combination of the dimensions it has.

with

lead_costs as (

    select * from {{ ref('int_leads__costs') }}

),

leads as (

    select * from {{ ref('dim_leads') }}

),

ignored_leads as (

    select
        leads.created_date,
        leads.channel_id,
        leads.campaign_id,
        leads.product_line_id,
        leads.person_id,
        lead_costs.cost_amount

    from lead_costs
    inner join leads
        on lead_costs.lead_id = leads.lead_id
    where leads.is_ignored

),

wasted_spend_parts as (

    select
        created_date as kpi_date,
        channel_id,
        campaign_id,
        product_line_id,
        person_id,
        'sales' as department_id,
        cost_amount as numerator

    from ignored_leads

)

{{ sum_kpi_parts('wasted_spend_parts') }}
