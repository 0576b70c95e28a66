-- Ad cost in the company currency, by the day it was spent.
-- One row per day and combination of the dimensions it has.

with

ad_spend as (

    select * from {{ ref('fct_ad_spend_daily') }}

),

spend_parts as (

    select
        spend_date as kpi_date,
        channel_id,
        campaign_id,
        product_line_id,
        cast(null as varchar) as person_id,
        'marketing' as department_id,
        spend_amount as numerator

    from ad_spend

)

{{ sum_kpi_parts('spend_parts') }}
