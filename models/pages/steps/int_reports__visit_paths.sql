-- One row per lead with a card: the visits that brought it, in order, in words.

{% set visits_told = 6 %}

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
        coalesce(channels.channel_label, 'unknown channel')
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
    where visit_number <= {{ visits_told }}
    group by lead_id

)

select
    lead_id,
    cast(visits as bigint) as visits,
    visit_path
    || case
        when visits > {{ visits_told }}
            then ' → ' || cast(visits - {{ visits_told }} as varchar) || ' more'
        else ''
    end as visit_path

from visit_paths
