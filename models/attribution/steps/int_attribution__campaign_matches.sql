-- One row per campaign that a session or the CRM names, beside what it tells of the platform: the
-- one campaign it means.

with

seen_campaigns as (

    select utm_source as source, click_id, campaign_text
    from {{ ref('int_attribution__session_signals') }}
    where campaign_text is not null

    union

    select source, click_id, campaign_text
    from {{ ref('int_attribution__recorded_signals') }}
    where campaign_text is not null

),

-- A link or the CRM writes the id of a campaign, or one of the names it bore.
campaign_names as (

    {% for name in ['campaign_name', 'platform_campaign_id', 'campaign_id'] %}
    select campaign_id, platform, lower({{ name }}) as campaign_key
    from {{ ref('stg_files__ad_spend') }}
    where {{ name }} is not null
    {% if not loop.last %}
    union
    {% endif %}
    {% endfor %}

),

named_platforms as (

    select seen.source, seen.click_id, clicks.platform
    from seen_campaigns as seen
    inner join {{ ref('platform_clicks') }} as clicks
        on {{ fits_rule('seen.source', 'clicks.utm_source') }}
        and {{ fits_rule('seen.click_id', 'clicks.click_id', click_signal) }}

    union

    -- "google_ads" names its platform, and needs no rule for it.
    select seen.source, seen.click_id, campaigns.platform
    from seen_campaigns as seen
    inner join campaign_names as campaigns
        on seen.source = {{ channel_signal('campaigns.platform') }}

),

click_platforms as (

    select source, click_id, platform from named_platforms

    union

    -- A CRM that records no more than "paid search" still rules out the other platforms.
    select signals.recorded_channel as source, '' as click_id, platform_channels.platform
    from {{ ref('int_attribution__signal_channels') }} as signals
    inner join {{ ref('platform_channels') }} as platform_channels
        on signals.channel_id = platform_channels.channel_id
    left join named_platforms
        on signals.recorded_channel = named_platforms.source
        and named_platforms.click_id = ''
    where
        signals.utm_source || signals.utm_medium || signals.utm_campaign || signals.click_id
        || signals.referrer_host = ''
        and signals.recorded_channel != ''
        and named_platforms.source is null

),

-- What a click tells counts where that platform has cost; else every platform may be meant.
told_platforms as (

    select distinct click_platforms.source, click_platforms.click_id, click_platforms.platform
    from click_platforms
    inner join campaign_names
        on click_platforms.platform = campaign_names.platform

),

candidates as (

    select seen.source, seen.click_id, seen.campaign_text, campaign_names.campaign_id
    from seen_campaigns as seen
    inner join campaign_names
        on lower(seen.campaign_text) = campaign_names.campaign_key
    left join told_platforms as meant
        on seen.source = meant.source
        and seen.click_id = meant.click_id
        and campaign_names.platform = meant.platform
    left join (select distinct source, click_id from told_platforms) as told
        on seen.source = told.source
        and seen.click_id = told.click_id
    where told.source is null or meant.platform is not null

),

-- A name that two campaigns bore says nothing about which of them it was.
meant_campaigns as (

    select source, click_id, campaign_text, min(campaign_id) as campaign_id
    from candidates
    group by source, click_id, campaign_text
    having count(*) = 1

),

campaign_matches as (

    select
        seen.source,
        seen.click_id,
        seen.campaign_text,
        coalesce(
            meant_campaigns.campaign_id,
            -- A campaign without cost must not take the id of one that it is not.
            case
                when ad_campaigns.campaign_id is not null
                    then coalesce(nullif(seen.source, ''), 'unknown') || ':' || seen.campaign_text
                else seen.campaign_text
            end
        ) as campaign_id

    from seen_campaigns as seen
    left join meant_campaigns
        on seen.source = meant_campaigns.source
        and seen.click_id = meant_campaigns.click_id
        and seen.campaign_text = meant_campaigns.campaign_text
    left join (select distinct campaign_id from campaign_names) as ad_campaigns
        on seen.campaign_text = ad_campaigns.campaign_id

)

select * from campaign_matches
