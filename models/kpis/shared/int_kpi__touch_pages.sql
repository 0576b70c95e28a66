-- One row per touch: the landing page on which it happened.

with

touches as (

    select * from {{ ref('fct_touches') }}

),

sessions as (

    select * from {{ ref('fct_web_sessions') }}

),

leads as (

    select * from {{ ref('dim_leads') }}

),

-- A touch that only the CRM recorded happened where the lead asked.
touch_pages as (

    select
        touches.touch_id,
        case
            when touches.session_id is not null then {{ page_path('sessions.landing_page') }}
            else {{ page_path('leads.landing_page') }}
        end as landing_page

    from touches
    left join sessions
        on touches.session_id = sessions.session_id
    left join leads
        on touches.lead_id = leads.lead_id

)

select * from touch_pages
