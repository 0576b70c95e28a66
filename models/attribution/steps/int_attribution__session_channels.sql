-- One row per session: the channel and campaign that brought it.

with

session_signals as (

    select * from {{ ref('int_attribution__session_signals') }}

),

signal_channels as (

    select * from {{ ref('int_attribution__signal_channels') }}

),

campaign_names as (

    select * from {{ ref('int_attribution__campaign_names') }}

),

session_channels as (

    select
        session_signals.session_id,
        session_signals.visitor_id,
        session_signals.started_at,
        signal_channels.channel_id,
        coalesce(
            session_signals.recorded_campaign_id,
            campaign_names.campaign_id,
            session_signals.utm_campaign
        ) as campaign_id,
        coalesce(signal_channels.is_direct, false) as is_direct

    from session_signals
    left join signal_channels
        on session_signals.utm_source = signal_channels.utm_source
        and session_signals.utm_medium = signal_channels.utm_medium
        and session_signals.click_id = signal_channels.click_id
        and session_signals.referrer_host = signal_channels.referrer_host
        and session_signals.recorded_channel = signal_channels.recorded_channel
        and {{ is_in_force('signal_channels', 'session_signals.started_date') }}
    left join campaign_names
        on lower(session_signals.utm_campaign) = campaign_names.campaign_key

)

select * from session_channels
