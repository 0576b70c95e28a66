-- Ad cost of leads that nobody worked in time, by the day the lead was created.
-- One row per day and combination of the dimensions it has.

with

lead_costs as (

    select * from {{ ref('int_leads__costs') }}

),

leads as (

    select * from {{ ref('dim_leads') }}

),

handovers as (

    select * from {{ ref('fct_lead_handovers') }}

),

-- A lead younger than the term may yet be worked: its cost is neither wasted nor well spent.
handed_leads as (

    select
        leads.created_date,
        leads.channel_id,
        leads.campaign_id,
        leads.product_line_id,
        leads.person_id,
        handovers.is_ignored,
        handovers.is_judged_ignored,
        lead_costs.cost_amount

    from lead_costs
    inner join leads
        on lead_costs.lead_id = leads.lead_id
    inner join handovers
        on lead_costs.lead_id = handovers.lead_id

),

wasted_spend_parts as (

    select
        created_date as kpi_date,
        channel_id,
        campaign_id,
        product_line_id,
        person_id,
        'sales' as department_id,
        case when is_ignored then cost_amount else 0 end as numerator,
        not is_judged_ignored as is_pending

    from handed_leads
    where is_ignored or not is_judged_ignored

)

{{ sum_kpi_parts('wasted_spend_parts', has_pending=true) }}
