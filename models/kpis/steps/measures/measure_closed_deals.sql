-- Deals won or lost, by the day they were closed, shared out over their touches.

with

credited_deals as (

    select * from {{ ref('fct_credited_deals') }}

),

counted as (

    select
        closed_date as date_day,
        channel_id,
        campaign_id,
        landing_page,
        product_line_id,
        person_id,
        'sales' as department_id,
        attribution_model,
        credit_share as quantity

    from credited_deals
    where status in ('won', 'lost')

)

{{ sum_measure('closed_deals', 'counted') }}
