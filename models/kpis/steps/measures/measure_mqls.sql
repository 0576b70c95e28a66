-- Marketing-qualified leads, by the day they first entered the stage.

with

leads as (

    select * from {{ ref('dim_leads') }}

),

counted as (

    select
        {{ company_date('mql_at') }} as date_day,
        channel_id,
        campaign_id,
        {{ page_path('landing_page') }} as landing_page,
        product_line_id,
        'marketing' as department_id,
        1 as quantity

    from leads
    where mql_at is not null

)

{{ sum_measure('mqls', 'counted') }}
