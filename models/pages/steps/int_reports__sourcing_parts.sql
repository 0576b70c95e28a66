-- One row per month, attribution model, channel, campaign, landing page and origin of the parts:
-- cost and leads under every model, beside the deals and money the model credits.

with

lead_supply as (

    select * from {{ ref('int_reports__lead_supply') }}

),

deal_credit as (

    select * from {{ ref('int_reports__deal_credit') }}

),

attribution_models as (

    select distinct model from {{ ref('attribution_models') }}

),

months as (

    select * from {{ ref('int_reports__ranges') }}
    where range_type = 'month'

),

channels as (

    select channel_id from {{ ref('dim_channels') }}

    union all

    select null as channel_id

),

sourcing_parts as (

    -- Cost and leads are the same whichever way the deals are credited.
    select
        'lead_supply' as part,
        attribution_models.model,
        lead_supply.month_start,
        lead_supply.channel_id,
        lead_supply.campaign_id,
        lead_supply.landing_page,
        lead_supply.spend_amount,
        lead_supply.visits,
        lead_supply.leads,
        lead_supply.qualified_leads,
        lead_supply.judged_leads,
        lead_supply.ignored_leads,
        lead_supply.wasted_amount,
        0 as won_deals,
        0 as closed_deals,
        0 as collected_amount

    from lead_supply
    cross join attribution_models

    union all

    select
        'deal_credit' as part,
        model,
        month_start,
        channel_id,
        campaign_id,
        landing_page,
        0 as spend_amount,
        0 as visits,
        0 as leads,
        0 as qualified_leads,
        0 as judged_leads,
        0 as ignored_leads,
        0 as wasted_amount,
        won_deals,
        closed_deals,
        collected_amount

    from deal_credit

    union all

    -- A channel without anything, "unattributed" included, still has its row.
    select
        'channel' as part,
        attribution_models.model,
        months.range_start as month_start,
        channels.channel_id,
        null as campaign_id,
        null as landing_page,
        0 as spend_amount,
        0 as visits,
        0 as leads,
        0 as qualified_leads,
        0 as judged_leads,
        0 as ignored_leads,
        0 as wasted_amount,
        0 as won_deals,
        0 as closed_deals,
        0 as collected_amount

    from months
    cross join channels
    cross join attribution_models

)

select * from sourcing_parts
