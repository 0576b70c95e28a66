-- Net payments less refunds, by the day they were paid or paid back. The department is the one that
-- brought the deal: marketing for a deal that began as a lead.

with

payments as (

    select * from {{ ref('fct_credited_payments') }}

),

counted as (

    select
        paid_date as date_day,
        channel_id,
        campaign_id,
        landing_page,
        product_line_id,
        person_id,
        sourcing_department_id as department_id,
        attribution_model,
        credited_amount as quantity

    from payments

)

{{ sum_measure('collected_revenue', 'counted') }}
