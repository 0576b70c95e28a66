-- One row per lead and session of its visitor, up to the last conversion of the lead.

with

tracked_leads as (

    select * from {{ ref('int_attribution__tracked_leads') }}

),

sessions as (

    select * from {{ ref('int_attribution__session_channels') }}

),

session_touches as (

    select
        tracked_leads.lead_id,
        sessions.session_id,
        sessions.started_at as touched_at,
        sessions.channel_id,
        sessions.campaign_id,
        sessions.is_direct,
        -- Both ends count.
        coalesce(
            sessions.started_at between tracked_leads.lookback_from and tracked_leads.created_at,
            false
        ) as is_before_lead

    from tracked_leads
    inner join sessions
        on tracked_leads.visitor_id = sessions.visitor_id
        and (
            sessions.started_at <= tracked_leads.created_at
            or tracked_leads.converted_at is null
            or sessions.started_at <= tracked_leads.converted_at
        )

)

select * from session_touches
