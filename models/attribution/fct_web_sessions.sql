-- One row per web session, with the channel that brought it.

with

sessions as (

    select * from {{ ref('stg_files__sessions') }}

),

session_channels as (

    select * from {{ ref('int_attribution__session_channels') }}

),

classified_sessions as (

    select
        sessions.session_id,
        sessions.visitor_id,
        sessions.started_at,
        sessions.started_date,
        session_channels.channel_id,
        session_channels.campaign_id,
        session_channels.is_direct,
        sessions.landing_page,
        sessions.page_views

    from sessions
    left join session_channels
        on sessions.session_id = session_channels.session_id

)

select * from classified_sessions
