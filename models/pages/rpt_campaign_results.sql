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

    select * from {{ ref('int_reports__ranges') }}
    where range_type != 'month'

),

campaigns as (

    select * from {{ ref('dim_campaigns') }}

),

channels as (

    select * from {{ ref('dim_channels') }}

),

paid_averages as (

    select
        range_id,
        model,
        {{ exact_ratio('sum(paid_amount)', 'sum(leads)') }} as paid_cost_per_lead,
        {{ exact_ratio('sum(collected_amount)', 'sum(paid_amount)') }} as paid_roas

    from sourcing
    where paid_amount is not null
    group by range_id, model

),

compared_campaigns as (

    select
        sourcing.*,
        coalesce(campaigns.campaign_name, sourcing.campaign_id) as known_name,
        channels.channel_label,
        paid_averages.paid_cost_per_lead,
        paid_averages.paid_roas,
        case
            when sourcing.cost_per_lead is null or sourcing.roas is null then null
            when sourcing.leads < {{ report_limit('fewest_campaign_leads') }}
                then {{ message('marketing.too_few_leads') }}
            when sourcing.cost_per_lead < paid_averages.paid_cost_per_lead
                then
                    case
                        when sourcing.roas >= paid_averages.paid_roas
                            then {{ message('marketing.cheap_pays') }}
                        else {{ message('marketing.cheap_poor') }}
                    end
            when sourcing.roas >= paid_averages.paid_roas
                then {{ message('marketing.expensive_pays') }}
            else {{ message('marketing.expensive_poor') }}
        end as reading_message

    from sourcing
    inner join ranges
        on sourcing.range_id = ranges.range_id
    left join campaigns
        on sourcing.campaign_id = campaigns.campaign_id
    left join channels
        on sourcing.channel_id = channels.channel_id
    left join paid_averages
        on sourcing.range_id = paid_averages.range_id
        and sourcing.model = paid_averages.model

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
    cast(paid_cost_per_lead as decimal(28, 2)) as paid_cost_per_lead,
    cast(paid_roas as decimal(28, 4)) as paid_roas,
    reading_message,
    {{ channel_path('channel_id') }} as link

from compared_campaigns
