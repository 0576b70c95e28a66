-- One row per session: what it tells of the visitor's origin, as channel rules compare it.

with

sessions as (

    select * from {{ ref('stg_files__sessions') }}

),

campaign_names as (

    select * from {{ ref('int_attribution__campaign_names') }}

),

located_sessions as (

    select
        *,
        {{ host_of('referrer') }} as referrer_host,
        {{ host_of('landing_page') }} as landing_host

    from sessions

),

read_signals as (

    select
        located_sessions.session_id,
        located_sessions.visitor_id,
        located_sessions.started_at,
        located_sessions.started_date,
        {{ channel_signal('located_sessions.utm_source') }} as utm_source,
        {{ channel_signal('located_sessions.utm_medium') }} as utm_medium,
        -- The beginning names the platform; the rest is unique to the click.
        substring({{ channel_signal('located_sessions.click_id') }}, 1, 6) as click_id,
        -- A page of the own site is not where a visitor came from.
        case
            when located_sessions.referrer_host = located_sessions.landing_host then ''
            else located_sessions.referrer_host
        end as referrer_host,
        {{ channel_signal('located_sessions.channel') }} as recorded_channel,
        coalesce(
            located_sessions.campaign_id,
            campaign_names.campaign_id,
            located_sessions.utm_campaign
        ) as campaign_id

    from located_sessions
    left join campaign_names
        on lower(located_sessions.utm_campaign) = campaign_names.campaign_key

)

select * from read_signals
