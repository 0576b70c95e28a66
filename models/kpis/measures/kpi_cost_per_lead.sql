-- Ad cost for each lead.
-- One row per day and combination of the dimensions it has.

with

ad_spend as (

    select * from {{ ref('fct_ad_spend_daily') }}

),

leads as (

    select * from {{ ref('dim_leads') }}

),

cost_per_lead_parts as (

    select
        spend_date as kpi_date,
        channel_id,
        campaign_id,
        product_line_id,
        cast(null as varchar) as person_id,
        'marketing' as department_id,
        spend_amount as numerator,
        0 as denominator

    from ad_spend

    union all

    select
        created_date as kpi_date,
        channel_id,
        campaign_id,
        product_line_id,
        cast(null as varchar) as person_id,
        'marketing' as department_id,
        0 as numerator,
        1 as denominator

    from leads

)

{{ sum_kpi_parts('cost_per_lead_parts', is_ratio=true) }}
