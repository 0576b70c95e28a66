-- Net payments less refunds, by the day they were paid or paid back.
-- One row per day and combination of the dimensions it has.

with

payments as (

    select * from {{ ref('int_kpi__credited_payments') }}

),

-- The department is the one that brought the deal: marketing for a deal that began as a lead.
collected_revenue_parts as (

    select
        paid_date as kpi_date,
        channel_id,
        campaign_id,
        product_line_id,
        person_id,
        sourcing_department_id as department_id,
        credited_amount as numerator

    from payments

)

{{ sum_kpi_parts('collected_revenue_parts') }}
