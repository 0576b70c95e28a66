-- Ad cost for each won deal.
-- One row per day and combination of the dimensions it has.

with

ad_spend as (

    select * from {{ ref('fct_ad_spend_daily') }}

),

credited_deals as (

    select * from {{ ref('int_kpi__credited_deals') }}

),

-- The department is the one that brought the deal: ads did not win a deal that sales found.
cost_per_won_parts as (

    select
        spend_date as kpi_date,
        channel_id,
        campaign_id,
        product_line_id,
        cast(null as varchar) as person_id,
        'marketing' as department_id,
        spend_amount as numerator,
        0 as denominator

    from ad_spend

    union all

    select
        closed_date as kpi_date,
        channel_id,
        campaign_id,
        product_line_id,
        cast(null as varchar) as person_id,
        sourcing_department_id as department_id,
        0 as numerator,
        credit_share as denominator

    from credited_deals
    where status = 'won'

)

{{ sum_kpi_parts('cost_per_won_parts', is_ratio=true) }}
