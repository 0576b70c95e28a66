-- One row per lead and visit shown: the first one, the last one before the inquiry, and the latest
-- one since. The touches have those between.

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

    select * from {{ ref('dim_as_of') }}

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
    inner join {{ ref('stg_files__lead_visitors') }} as lead_visitors
        on leads.lead_id = lead_visitors.lead_id
    inner join sessions
        on lead_visitors.visitor_id = sessions.visitor_id
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

shown_visits as (

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
        shown_visits.lead_id,
        shown_visits.started_at as occurred_at,
        shown_visits.event_kind,
        shown_visits.session_id as event_id,
        case shown_visits.event_kind when 'return_visit' then 990 else 10 end as event_order,
        cast(null as varchar) as person_id,
        cast(null as varchar) as subject,
        {{ message('history.visited_by', {
            'kind': 'shown_visits.event_kind',
            'channel': 'channels.channel_label',
            'campaign': 'campaigns.campaign_name',
            'page': 'shown_visits.landing_page',
            'number': 'cast(shown_visits.visit_number as varchar)'
        }) }} as detail_message,
        cast(null as decimal(28, 2)) as amount,
        cast(null as varchar) as deal_id,
        cast(null as varchar) as client_id

    from shown_visits
    left join channels
        on shown_visits.channel_id = channels.channel_id
    left join campaigns
        on shown_visits.campaign_id = campaigns.campaign_id

)

select * from visit_events
