-- Signed amount of won deals, by the day they were closed.
-- One row per day and combination of the dimensions it has.

with

credited_deals as (

    select * from {{ ref('int_kpi__credited_deals') }}

),

booked_revenue_parts as (

    select
        closed_date as kpi_date,
        channel_id,
        campaign_id,
        product_line_id,
        person_id,
        'sales' as department_id,
        credited_booked_amount as numerator

    from credited_deals
    where status = 'won'

)

{{ sum_kpi_parts('booked_revenue_parts') }}
