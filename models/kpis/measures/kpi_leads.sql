-- Leads, by the day they were created.
-- One row per day and combination of the dimensions it has.

with

leads as (

    select * from {{ ref('dim_leads') }}

),

leads_parts as (

    select
        created_date as kpi_date,
        channel_id,
        campaign_id,
        product_line_id,
        cast(null as varchar) as person_id,
        'marketing' as department_id,
        1 as numerator

    from leads

)

{{ sum_kpi_parts('leads_parts') }}
