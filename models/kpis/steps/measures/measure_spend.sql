-- Ad cost in the company currency, by the day it was spent.

with

ad_spend as (

    select * from {{ ref('fct_ad_spend_daily') }}

),

counted as (

    select
        spend_date as date_day,
        channel_id,
        campaign_id,
        product_line_id,
        'marketing' as department_id,
        spend_amount as quantity

    from ad_spend

)

{{ sum_measure('spend', 'counted') }}
