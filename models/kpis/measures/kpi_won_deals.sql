-- Deals won, by the day they were closed; a deal is shared out over its channels by the default
-- attribution model.
-- One row per day and combination of the dimensions it has.

with

credited_deals as (

    select * from {{ ref('int_kpi__credited_deals') }}

),

won_deals_parts as (

    select
        closed_date as kpi_date,
        channel_id,
        campaign_id,
        product_line_id,
        person_id,
        'sales' as department_id,
        credit_share as numerator

    from credited_deals
    where status = 'won'

)

{{ sum_kpi_parts('won_deals_parts') }}
