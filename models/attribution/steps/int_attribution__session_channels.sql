-- One row per session: the channel and campaign that brought it.

with

session_signals as (

    select * from {{ ref('int_attribution__session_signals') }}

),

signal_channels as (

    select * from {{ ref('int_attribution__signal_channels') }}

),

campaign_matches as (

    select * from {{ ref('int_attribution__campaign_matches') }}

),

session_channels as (

    select
        session_signals.session_id,
        session_signals.visitor_id,
        session_signals.started_at,
        signal_channels.channel_id,
        campaign_matches.campaign_id,
        coalesce(signal_channels.is_direct, false) as is_direct

    from session_signals
    left join signal_channels
        on session_signals.utm_source = signal_channels.utm_source
        and session_signals.utm_medium = signal_channels.utm_medium
        and session_signals.utm_campaign = signal_channels.utm_campaign
        and session_signals.click_id = signal_channels.click_id
        and session_signals.referrer_host = signal_channels.referrer_host
        and session_signals.recorded_channel = signal_channels.recorded_channel
        and {{ is_in_force('signal_channels', 'session_signals.started_date') }}
    left join campaign_matches
        on session_signals.campaign_text = campaign_matches.campaign_text
        and session_signals.utm_source = campaign_matches.source
        and session_signals.click_id = campaign_matches.click_id

)

select * from session_channels
