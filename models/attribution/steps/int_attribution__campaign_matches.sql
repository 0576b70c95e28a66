-- One row per campaign that a session or the CRM names, beside what it tells of the platform: the
-- one campaign it means.

with

session_signals as (

    select * from {{ ref('int_attribution__session_signals') }}

),

leads as (

    select
        *,
        {{ channel_signal('channel') }} as recorded_channel

    from {{ ref('stg_files__leads') }}

),

campaign_names as (

    select * from {{ ref('int_attribution__campaign_names') }}

),

click_platforms as (

    select * from {{ ref('int_attribution__click_platforms') }}

),

seen_campaigns as (

    select utm_source as source, click_id, campaign_text from session_signals
    where campaign_text is not null

    union

    select recorded_channel as source, '' as click_id, campaign_id as campaign_text from leads
    where campaign_id is not null

),

known_clicks as (

    select distinct source, click_id from click_platforms

),

candidates as (

    select
        seen.source,
        seen.click_id,
        seen.campaign_text,
        campaign_names.campaign_id

    from seen_campaigns as seen
    inner join campaign_names
        on lower(seen.campaign_text) = campaign_names.campaign_key
    left join known_clicks
        on seen.source = known_clicks.source
        and seen.click_id = known_clicks.click_id
    left join click_platforms
        on seen.source = click_platforms.source
        and seen.click_id = click_platforms.click_id
        and campaign_names.platform = click_platforms.platform
    -- The platform of the click decides; where nothing tells it, every platform may be meant.
    where known_clicks.source is null or click_platforms.platform is not null

),

-- A name that two campaigns bore says nothing about which of them it was.
meant_campaigns as (

    select
        source,
        click_id,
        campaign_text,
        min(campaign_id) as campaign_id

    from candidates
    group by source, click_id, campaign_text
    having count(*) = 1

),

ad_campaigns as (

    select distinct campaign_id from campaign_names

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
    left join ad_campaigns
        on seen.campaign_text = ad_campaigns.campaign_id

)

select * from campaign_matches
