-- Reclaimed revenue for each unit of what the analysts cost: whether they pay for themselves.
-- One row per day and combination of the dimensions it has.

with

reclaimed_payments as (

    select * from {{ ref('fct_reclaimed_payments') }}

),

audits as (

    select * from {{ ref('fct_lead_audits') }}

),

-- Every audit costs, also the one that judges nothing.
qa_return_parts as (

    select
        paid_date as kpi_date,
        channel_id,
        campaign_id,
        product_line_id,
        analyst_person_id as person_id,
        analyst_department_id as department_id,
        collected_amount as numerator,
        0 as denominator

    from reclaimed_payments

    union all

    select
        audited_date as kpi_date,
        channel_id,
        campaign_id,
        product_line_id,
        analyst_person_id as person_id,
        analyst_department_id as department_id,
        0 as numerator,
        cost_amount as denominator

    from audits

)

{{ sum_kpi_parts('qa_return_parts', is_ratio=true) }}
