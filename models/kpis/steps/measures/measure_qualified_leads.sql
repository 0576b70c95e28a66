-- Leads that marketing qualified sooner or later, by the day they were created.

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
    where mql_at is not null

)

{{ sum_measure('qualified_leads', 'counted') }}
