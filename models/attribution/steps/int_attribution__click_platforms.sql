-- One row per source and click id, or origin in the CRM, and ad platform with cost that it points
-- to.

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

platform_clicks as (

    select * from {{ ref('platform_clicks') }}

),

platform_channels as (

    select * from {{ ref('platform_channels') }}

),

signal_channels as (

    select * from {{ ref('int_attribution__signal_channels') }}

),

platforms as (

    select distinct platform from {{ ref('stg_files__ad_spend') }}

),

seen_sources as (

    select utm_source as source, click_id from session_signals

    union

    select recorded_channel as source, '' as click_id from leads

),

-- A CRM that records no more than "paid search" still rules out the other platforms.
channel_platforms as (

    select
        signal_channels.recorded_channel as source,
        '' as click_id,
        platform_channels.platform

    from signal_channels
    inner join platform_channels
        on signal_channels.channel_id = platform_channels.channel_id
    where
        signal_channels.utm_source = ''
        and signal_channels.utm_medium = ''
        and signal_channels.utm_campaign = ''
        and signal_channels.click_id = ''
        and signal_channels.referrer_host = ''
        and signal_channels.recorded_channel != ''

),

named_platforms as (

    select
        seen_sources.source,
        seen_sources.click_id,
        platform_clicks.platform

    from seen_sources
    inner join platform_clicks
        on {{ fits_rule('seen_sources.source', 'platform_clicks.utm_source') }}
        and {{ fits_rule('seen_sources.click_id', 'platform_clicks.click_id', click_signal) }}

    union

    -- "google_ads" names its platform, and needs no rule for it.
    select
        seen_sources.source,
        seen_sources.click_id,
        platforms.platform

    from seen_sources
    inner join platforms
        on seen_sources.source = {{ channel_signal('platforms.platform') }}

),

click_platforms as (

    select source, click_id, platform from named_platforms

    union

    select
        channel_platforms.source,
        channel_platforms.click_id,
        channel_platforms.platform

    from channel_platforms
    left join named_platforms
        on channel_platforms.source = named_platforms.source
        and channel_platforms.click_id = named_platforms.click_id
    where named_platforms.source is null

)

select click_platforms.*
from click_platforms
inner join platforms
    on click_platforms.platform = platforms.platform
