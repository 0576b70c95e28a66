-- One row per range in which paid campaigns brought leads and attribution model: the campaign with
-- the cheapest leads and what it returned. Campaigns of a handful of leads are left out: their
-- price is chance.

with

campaigns as (

    select * from {{ ref('int_reports__channel_kpis') }}
    where
        scope_type = 'campaign'
        and leads >= {{ report_limit('fewest_campaign_leads') }}
        and cost_per_lead is not null
        and roas is not null

),

campaign_names as (

    select * from {{ ref('dim_campaigns') }}

),

ranked_campaigns as (

    select
        campaigns.*,
        row_number() over (
            partition by range_id, model order by cost_per_lead, campaign_id
        ) as price_rank

    from campaigns

)

select
    ranked_campaigns.range_id,
    ranked_campaigns.model,
    coalesce(campaign_names.campaign_name, ranked_campaigns.campaign_id) as campaign_name,
    ranked_campaigns.cost_per_lead,
    ranked_campaigns.roas

from ranked_campaigns
left join campaign_names
    on ranked_campaigns.campaign_id = campaign_names.campaign_id
where ranked_campaigns.price_rank = 1
