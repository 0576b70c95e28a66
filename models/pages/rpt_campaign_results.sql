-- One row per range, attribution model and campaign with any cost, lead, deal or money, and how its
-- leads compare with those of all paid campaigns. What came without a campaign is a row per
-- channel.

with

sourcing as (

    select * from {{ ref('int_reports__channel_kpis') }}
    where
        scope_type = 'campaign'
        and (
            spend_amount != 0 or leads != 0 or won_deals != 0 or closed_deals != 0
            or collected_amount != 0
        )

),

ranges as (

    select * from {{ ref('dim_ranges') }}
    where range_type != 'month'

),

campaigns as (

    select * from {{ ref('dim_campaigns') }}

),

channels as (

    select * from {{ ref('dim_channels') }}

),

paid_totals as (

    select
        range_id,
        model,
        sum(paid_amount) as paid_amount,
        cast(sum(leads) as bigint) as paid_leads,
        sum(collected_amount) as paid_collected_amount

    from sourcing
    where paid_amount is not null
    group by range_id, model

),

compared_campaigns as (

    select
        sourcing.*,
        coalesce(campaigns.campaign_name, sourcing.campaign_id) as known_name,
        channels.channel_label,
        {{ round_to_cents('totals.paid_amount', 'nullif(totals.paid_leads, 0)') }}
            as paid_cost_per_lead,
        cast(totals.paid_collected_amount / totals.paid_amount as decimal(28, 4)) as paid_roas,
        -- Exact: of one campaign alone the average is its own cost.
        {{ product('sourcing.paid_amount', 2, 'totals.paid_leads', 0) }}
        < {{ product('totals.paid_amount', 2, 'sourcing.leads', 0) }} as is_cheap,
        {{ product('sourcing.collected_amount', 2, 'totals.paid_amount', 2) }}
        >= {{ product('totals.paid_collected_amount', 2, 'sourcing.paid_amount', 2) }} as is_paying

    from sourcing
    inner join ranges
        on sourcing.range_id = ranges.range_id
    left join campaigns
        on sourcing.campaign_id = campaigns.campaign_id
    left join channels
        on sourcing.channel_id = channels.channel_id
    left join paid_totals as totals
        on sourcing.range_id = totals.range_id
        and sourcing.model = totals.model

)

select
    range_id,
    model,
    channel_id,
    campaign_id,
    case
        when campaign_id = 'none'
            then {{ message('marketing.no_campaign', {'channel': 'channel_label'}) }}
        else {{ message('plain', {'text': 'known_name'}) }}
    end as campaign_name_message,
    campaign_id = 'none' as is_rest,
    {{ sourcing_columns('compared_campaigns') }},
    paid_cost_per_lead,
    paid_roas,
    case
        when cost_per_lead is null or roas is null then null
        when leads < {{ report_limit('fewest_campaign_leads') }}
            then {{ message('marketing.too_few_leads') }}
        when is_cheap and is_paying then {{ message('marketing.cheap_pays') }}
        when is_cheap then {{ message('marketing.cheap_poor') }}
        when is_paying then {{ message('marketing.expensive_pays') }}
        else {{ message('marketing.expensive_poor') }}
    end as reading_message,
    {{ channel_path('channel_id') }} as link

from compared_campaigns
