-- Web sessions, by the day they started.

with

sessions as (

    select * from {{ ref('fct_web_sessions') }}

),

counted as (

    select
        started_date as date_day,
        channel_id,
        campaign_id,
        {{ page_path('landing_page') }} as landing_page,
        'marketing' as department_id,
        1 as quantity

    from sessions

)

{{ sum_measure('visits', 'counted') }}
