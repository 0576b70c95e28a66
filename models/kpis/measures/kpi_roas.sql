-- Collected revenue for each unit of ad cost: return on ad spend.
-- One row per day and combination of the dimensions it has.

with

payments as (

    select * from {{ ref('int_kpi__credited_payments') }}

),

ad_spend as (

    select * from {{ ref('fct_ad_spend_daily') }}

),

-- The department is the one that brought the deal: money of a deal sales found is no return on ads.
roas_parts as (

    select
        paid_date as kpi_date,
        channel_id,
        campaign_id,
        product_line_id,
        cast(null as varchar) as person_id,
        sourcing_department_id as department_id,
        credited_amount as numerator,
        0 as denominator

    from payments

    union all

    select
        spend_date as kpi_date,
        channel_id,
        campaign_id,
        product_line_id,
        cast(null as varchar) as person_id,
        'marketing' as department_id,
        0 as numerator,
        spend_amount as denominator

    from ad_spend

)

{{ sum_kpi_parts('roas_parts', is_ratio=true) }}
