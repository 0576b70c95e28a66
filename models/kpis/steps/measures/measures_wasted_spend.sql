-- One row per day and combination of dimensions: ad cost of leads that nobody worked in time, by
-- the day the lead was created.

with

lead_costs as (

    select * from {{ ref('fct_lead_costs') }}

),

leads as (

    select * from {{ ref('dim_leads') }}

),

handovers as (

    select * from {{ ref('fct_lead_handovers') }}

),

-- A lead younger than the term may yet be worked: its cost is neither wasted nor well spent.
-- Without a term nobody knows.
counted as (

    select
        leads.created_date as date_day,
        leads.channel_id,
        leads.campaign_id,
        {{ page_path('leads.landing_page') }} as landing_page,
        leads.product_line_id,
        leads.person_id,
        case
            when handovers.is_ignored then lead_costs.cost_amount
            when not handovers.is_judged_ignored then 0
        end as cost_amount,
        not handovers.is_judged_ignored as is_pending

    from lead_costs
    inner join leads
        on lead_costs.lead_id = leads.lead_id
    inner join handovers
        on lead_costs.lead_id = handovers.lead_id
    where coalesce(handovers.is_ignored, true)

)

{{ sum_measure('wasted_spend', 'counted', quantity='cost_amount', is_pending='is_pending') }}
