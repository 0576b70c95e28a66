-- One row per touch of a lead up to its last conversion: its sessions, or the touches that the CRM
-- recorded where no session is known.

with

look_backs as (

    select * from {{ ref('int_attribution__look_backs') }}

),

session_touches as (

    select
        look_backs.lead_id,
        sessions.session_id,
        sessions.started_at as touched_at,
        sessions.channel_id,
        sessions.campaign_id,
        sessions.is_direct,
        -- Both ends count.
        sessions.started_at between look_backs.lookback_from and look_backs.lookback_until
        and sessions.channel_id is not null as tells_origin

    from look_backs
    inner join {{ ref('int_attribution__session_channels') }} as sessions
        on look_backs.visitor_id = sessions.visitor_id
        -- A lead that has not converted yet still gathers touches.
        and (
            sessions.started_at <= look_backs.lookback_until
            or look_backs.converted_at is null
            or sessions.started_at <= look_backs.converted_at
        )

),

recorded_touches as (

    select recorded_channels.*
    from {{ ref('int_attribution__recorded_channels') }} as recorded_channels
    inner join (select distinct lead_id, lookback_until, converted_at from look_backs) as leads
        on recorded_channels.lead_id = leads.lead_id
    left join (select distinct lead_id from session_touches where tells_origin) as visited
        on recorded_channels.lead_id = visited.lead_id
    where
        visited.lead_id is null
        and recorded_channels.is_touch
        and (
            recorded_channels.touched_at <= leads.lookback_until
            or leads.converted_at is null
            or recorded_channels.touched_at <= leads.converted_at
        )

),

lead_touches as (

    select
        lead_id || ':' || session_id as touch_id,
        lead_id,
        session_id,
        touched_at,
        cast(null as string) as landing_page,
        channel_id,
        campaign_id,
        is_direct,
        'session' as touch_source

    from session_touches

    union all

    select
        touch_id,
        lead_id,
        cast(null as string) as session_id,
        touched_at,
        landing_page,
        channel_id,
        campaign_id,
        is_direct,
        'crm' as touch_source

    from recorded_touches

)

select * from lead_touches
