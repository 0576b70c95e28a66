-- One row per lead of a campaign: its equal share of what the campaign cost in the month the lead
-- was created. Cents that do not divide go to the earliest leads, so that shares sum to the cost.

with

leads as (

    select * from {{ ref('stg_files__leads') }}
    where {{ has_come('created_date') }}

),

lead_channels as (

    select * from {{ ref('fct_lead_channels') }}

),

ad_spend as (

    select * from {{ ref('fct_ad_spend_daily') }}

),

monthly_costs as (

    select
        campaign_id,
        {{ month_of('spend_date') }} as month_start,
        -- A day without an exchange rate leaves the month's cost unknown.
        case when count(*) = count(spend_amount) then {{ to_cents('sum(spend_amount)') }} end
            as cost_cents

    from ad_spend
    group by campaign_id, {{ month_of('spend_date') }}

),

numbered_leads as (

    select
        leads.lead_id,
        lead_channels.campaign_id,
        {{ month_of('leads.created_date') }} as month_start,
        row_number() over (
            partition by lead_channels.campaign_id, {{ month_of('leads.created_date') }}
            order by leads.created_at, leads.lead_id
        ) as lead_number,
        count(*) over (
            partition by lead_channels.campaign_id, {{ month_of('leads.created_date') }}
        ) as lead_count

    from leads
    inner join lead_channels
        on leads.lead_id = lead_channels.lead_id
    where lead_channels.campaign_id is not null

),

shared_costs as (

    select
        numbered_leads.lead_id,
        numbered_leads.campaign_id,
        numbered_leads.month_start,
        -- Whole cents each, one more for the first few.
        {{ whole_quotient('monthly_costs.cost_cents', 'numbered_leads.lead_count') }}
        + case
            when numbered_leads.lead_number
                <= {{ whole_remainder('monthly_costs.cost_cents', 'numbered_leads.lead_count') }}
                then 1
            else 0
        end as cost_cents

    from numbered_leads
    inner join monthly_costs
        on numbered_leads.campaign_id = monthly_costs.campaign_id
        and numbered_leads.month_start = monthly_costs.month_start

),

lead_costs as (

    select
        lead_id,
        campaign_id,
        month_start,
        {{ from_cents('cost_cents') }} as cost_amount

    from shared_costs

)

select * from lead_costs
