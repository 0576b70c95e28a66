-- The costs of the leads of a campaign's month sum to what the campaign cost in it, to the cent.

with

lead_costs as (

    select campaign_id, month_start, sum(cost_amount) as cost_amount
    from {{ ref('fct_lead_costs') }}
    group by campaign_id, month_start

),

spend as (

    select
        campaign_id,
        {{ dbt.date_trunc('month', 'spend_date') }} as month_start,
        cast(sum(spend_amount) as decimal(28, 2)) as spend_amount

    from {{ ref('fct_ad_spend_daily') }}
    group by campaign_id, {{ dbt.date_trunc('month', 'spend_date') }}

)

select lead_costs.campaign_id, lead_costs.month_start, lead_costs.cost_amount, spend.spend_amount
from lead_costs
inner join spend
    on lead_costs.campaign_id = spend.campaign_id
    and lead_costs.month_start = spend.month_start
where lead_costs.cost_amount != spend.spend_amount
