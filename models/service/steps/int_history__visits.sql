-- One row per lead and visit worth telling: the first one, the last one before the inquiry, and the
-- latest one since. Which visits lay between is told by the touches.

with

leads as (

    select * from {{ ref('stg_files__leads') }}

),

sessions as (

    select * from {{ ref('fct_web_sessions') }}

),

channels as (

    select * from {{ ref('dim_channels') }}

),

campaigns as (

    select * from {{ ref('dim_campaigns') }}

),

as_of as (

    select * from {{ ref('int_ops__as_of') }}

),

visits as (

    select
        leads.lead_id,
        sessions.session_id,
        sessions.started_at,
        sessions.channel_id,
        sessions.campaign_id,
        sessions.landing_page,
        sessions.started_at <= leads.created_at as is_before_inquiry

    from leads
    inner join sessions
        on leads.visitor_id = sessions.visitor_id
    inner join as_of
        on sessions.started_at <= as_of.observed_until

),

numbered_visits as (

    select
        *,
        row_number() over (
            partition by lead_id, is_before_inquiry order by started_at, session_id
        ) as visit_number,
        count(*) over (partition by lead_id, is_before_inquiry) as visit_count

    from visits

),

told_visits as (

    select
        *,
        case
            when is_before_inquiry and visit_number = 1 then 'first_visit'
            when is_before_inquiry then 'last_visit'
            else 'return_visit'
        end as event_kind

    from numbered_visits
    where visit_number = visit_count or (is_before_inquiry and visit_number = 1)

),

visit_events as (

    select
        told_visits.lead_id,
        told_visits.started_at as occurred_at,
        told_visits.event_kind,
        told_visits.session_id as event_id,
        case told_visits.event_kind when 'return_visit' then 990 else 10 end as event_order,
        cast(null as varchar) as person_id,
        case told_visits.event_kind
            when 'first_visit' then 'First visit'
            when 'last_visit' then 'Last visit before the inquiry'
            else 'Back on the web site'
        end as title,
        coalesce(channels.channel_label, 'Unknown channel')
        || coalesce(', ' || campaigns.campaign_name, '')
        || coalesce(', ' || told_visits.landing_page, '')
        || case told_visits.event_kind
            when 'last_visit'
                then ', visit ' || cast(told_visits.visit_number as varchar)
            when 'return_visit'
                then ', visit ' || cast(told_visits.visit_number as varchar) || ' since the inquiry'
            else ''
        end as detail,
        cast(null as decimal(28, 2)) as amount,
        cast(null as varchar) as deal_id,
        cast(null as varchar) as client_id

    from told_visits
    left join channels
        on told_visits.channel_id = channels.channel_id
    left join campaigns
        on told_visits.campaign_id = campaigns.campaign_id

)

select * from visit_events
