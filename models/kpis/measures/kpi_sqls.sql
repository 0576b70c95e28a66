-- Sales-qualified leads, by the day they first entered the stage.
-- One row per day and combination of the dimensions it has.

with

leads as (

    select * from {{ ref('dim_leads') }}

),

sqls_parts as (

    select
        {{ company_date('sql_at') }} as kpi_date,
        channel_id,
        campaign_id,
        product_line_id,
        person_id,
        'marketing' as department_id,
        1 as numerator

    from leads
    where sql_at is not null

)

{{ sum_kpi_parts('sqls_parts') }}
