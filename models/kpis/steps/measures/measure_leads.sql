-- Leads, by the day they were created.

with

leads as (

    select * from {{ ref('dim_leads') }}

),

counted as (

    select
        created_date as date_day,
        channel_id,
        campaign_id,
        {{ page_path('landing_page') }} as landing_page,
        product_line_id,
        'marketing' as department_id,
        1 as quantity

    from leads

)

{{ sum_measure('leads', 'counted') }}
