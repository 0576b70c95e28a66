-- One row per lead with a card: the first visits that brought it, in order, and how many more.

{% set visits_shown = 6 %}

with

shown_leads as (

    select * from {{ ref('int_reports__shown_leads') }}

),

touches as (

    select * from {{ ref('fct_touches') }}
    where session_id is not null

),

sessions as (

    select * from {{ ref('fct_web_sessions') }}

),

channels as (

    select * from {{ ref('dim_channels') }}

),

numbered_visits as (

    select
        touches.lead_id,
        touches.touched_at,
        coalesce(channels.channel_label, '–')
        || coalesce(' ' || {{ page_path('sessions.landing_page') }}, '') as visit,
        row_number() over (
            partition by touches.lead_id order by touches.touched_at, touches.touch_id
        ) as visit_number,
        count(*) over (partition by touches.lead_id) as visits

    from touches
    inner join shown_leads
        on touches.lead_id = shown_leads.lead_id
    left join sessions
        on touches.session_id = sessions.session_id
    left join channels
        on touches.channel_id = channels.channel_id

),

visit_paths as (

    select
        lead_id,
        max(visits) as visits,
        {{ dbt.listagg('visit', "' → '", 'order by visit_number') }} as visit_path

    from numbered_visits
    where visit_number <= {{ visits_shown }}
    group by lead_id

)

select
    lead_id,
    cast(visits as bigint) as visits,
    visit_path,
    cast(greatest(visits - {{ visits_shown }}, 0) as bigint) as more_visits

from visit_paths
