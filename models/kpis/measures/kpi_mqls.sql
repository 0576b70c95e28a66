-- Marketing-qualified leads, by the day they first entered the stage.
-- One row per day and combination of the dimensions it has.

with

leads as (

    select * from {{ ref('dim_leads') }}

),

mqls_parts as (

    select
        {{ company_date('mql_at') }} as kpi_date,
        channel_id,
        campaign_id,
        product_line_id,
        cast(null as varchar) as person_id,
        'marketing' as department_id,
        1 as numerator

    from leads
    where mql_at is not null

)

{{ sum_kpi_parts('mqls_parts') }}
