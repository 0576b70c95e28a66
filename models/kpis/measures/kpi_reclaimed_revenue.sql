-- Money collected because an audit overturned a rejection, by the day it was paid or paid back.
-- One row per day and combination of the dimensions it has.

with

reclaimed_payments as (

    select * from {{ ref('fct_reclaimed_payments') }}

),

reclaimed_revenue_parts as (

    select
        paid_date as kpi_date,
        channel_id,
        campaign_id,
        product_line_id,
        analyst_person_id as person_id,
        analyst_department_id as department_id,
        collected_amount as numerator

    from reclaimed_payments

)

{{ sum_kpi_parts('reclaimed_revenue_parts') }}
