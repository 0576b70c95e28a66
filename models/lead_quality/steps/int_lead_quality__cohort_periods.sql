-- One row per lead and period it is counted in: its month, and all judged months together.

{{ config(materialized='view') }}

with

cohort_leads as (

    select * from {{ ref('int_lead_quality__cohort_leads') }}

),

-- The longer period holds the leads of judged months only, so that it is the sum of its months.
cohort_periods as (

    select
        *,
        'month' as period_type,
        lead_month as period_month

    from cohort_leads

    union all

    select
        *,
        'all' as period_type,
        cast(null as date) as period_month

    from cohort_leads

)

select * from cohort_periods
