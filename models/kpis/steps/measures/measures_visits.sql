-- One row per day and combination of dimensions: web sessions, by the day they started. A day
-- without a session is one whose visits the web analytics has only counted: there its count stands
-- in for them, and never beside them.

with

sessions as (

    select * from {{ ref('fct_web_sessions') }}

),

visit_counts as (

    select counts.*
    from {{ ref('fct_visit_counts') }} as counts
    left join (select distinct started_date from sessions) as days
        on counts.visit_date = days.started_date
    where days.started_date is null

),

counted as (

    select
        started_date as date_day,
        channel_id,
        campaign_id,
        {{ page_path('landing_page') }} as landing_page,
        cast(1 as bigint) as visits

    from sessions

    union all

    select
        visit_date as date_day,
        channel_id,
        cast(null as string) as campaign_id,
        cast(null as string) as landing_page,
        visits

    from visit_counts

)

{{ sum_measure('visits', 'counted', quantity='visits') }}
