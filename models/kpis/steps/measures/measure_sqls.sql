-- Sales-qualified leads, by the day they first entered the stage.

with

leads as (

    select * from {{ ref('dim_leads') }}

),

counted as (

    select
        {{ company_date('sql_at') }} as date_day,
        channel_id,
        campaign_id,
        {{ page_path('landing_page') }} as landing_page,
        product_line_id,
        person_id,
        'marketing' as department_id,
        1 as quantity

    from leads
    where sql_at is not null

)

{{ sum_measure('sqls', 'counted') }}
