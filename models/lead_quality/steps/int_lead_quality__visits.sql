-- One row per lead whose visitor was seen on the web site: its visits up to the moment it asked.

with

leads as (

    select * from {{ ref('stg_files__leads') }}

),

sessions as (

    select * from {{ ref('stg_files__sessions') }}

),

-- The visit in which the form was sent began before it and counts.
visits as (

    select
        leads.lead_id,
        count(*) as visits_before,
        cast(sum(sessions.page_views) as bigint) as page_views_before,
        min(sessions.started_date) as first_visit_date

    from leads
    inner join sessions
        on leads.visitor_id = sessions.visitor_id
        and sessions.started_at <= leads.created_at
    group by leads.lead_id

)

select * from visits
