-- Money collected because an audit overturned a rejection, by the day it was paid or paid back.

with

reclaimed_payments as (

    select * from {{ ref('fct_reclaimed_payments') }}

),

counted as (

    select
        paid_date as date_day,
        channel_id,
        campaign_id,
        product_line_id,
        analyst_person_id as person_id,
        analyst_department_id as department_id,
        collected_amount as quantity

    from reclaimed_payments

)

{{ sum_measure('reclaimed_revenue', 'counted') }}
