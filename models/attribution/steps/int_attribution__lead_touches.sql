-- One row per touch of a lead: its sessions, or what the CRM recorded where no session is known.

with

leads as (

    select * from {{ ref('stg_files__leads') }}

),

lead_channels as (

    select * from {{ ref('int_attribution__lead_channels') }}

),

recorded_channels as (

    select * from {{ ref('int_attribution__recorded_channels') }}

),

session_touches as (

    select * from {{ ref('int_attribution__session_touches') }}

),

recorded_touches as (

    select
        leads.lead_id,
        leads.created_at as touched_at,
        recorded_channels.channel_id,
        recorded_channels.campaign_id,
        recorded_channels.is_direct

    from leads
    inner join recorded_channels
        on leads.lead_id = recorded_channels.lead_id
    inner join lead_channels
        on leads.lead_id = lead_channels.lead_id
    where lead_channels.source = 'crm' and recorded_channels.channel_id is not null

),

lead_touches as (

    select
        lead_id || ':' || session_id as touch_id,
        lead_id,
        session_id,
        touched_at,
        channel_id,
        campaign_id,
        is_direct,
        'session' as touch_source

    from session_touches

    union all

    select
        lead_id || ':crm' as touch_id,
        lead_id,
        cast(null as varchar) as session_id,
        touched_at,
        channel_id,
        campaign_id,
        is_direct,
        'crm' as touch_source

    from recorded_touches

)

select * from lead_touches
