-- Deals won, by the day they were closed and the department that brought them: ads did not win a
-- deal that sales found.

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
        sourcing_department_id as department_id,
        attribution_model,
        credit_share as quantity

    from credited_deals
    where status = 'won'

)

{{ sum_measure('sourced_deals', 'counted') }}
