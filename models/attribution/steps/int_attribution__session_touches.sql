-- One row per lead and session of its visitor, up to the last conversion of the lead.

with

leads as (

    select * from {{ ref('stg_files__leads') }}

),

conversions as (

    select * from {{ ref('int_attribution__conversions') }}

),

default_models as (

    select * from {{ ref('attribution_models') }}
    where is_default

),

last_conversions as (

    select
        lead_id,
        max(converted_at) as converted_at

    from conversions
    group by lead_id

),

-- A lead that has not converted yet still gathers touches.
tracked_leads as (

    select
        leads.lead_id,
        leads.visitor_id,
        {{ latest_meant('leads.created_at') }} as created_at,
        last_conversions.converted_at,
        {{ dbt.dateadd('day', '-default_models.lookback_days', 'leads.created_at') }}
            as lookback_from

    from leads
    left join last_conversions
        on leads.lead_id = last_conversions.lead_id
    left join default_models
        on {{ is_in_force('default_models', 'leads.created_date') }}

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
