-- Web sessions, by the day they started.
-- One row per day and combination of the dimensions it has.

with

sessions as (

    select * from {{ ref('fct_web_sessions') }}

),

visits_parts as (

    select
        started_date as kpi_date,
        channel_id,
        campaign_id,
        cast(null as varchar) as product_line_id,
        cast(null as varchar) as person_id,
        'marketing' as department_id,
        1 as numerator

    from sessions

)

{{ sum_kpi_parts('visits_parts') }}
