-- One row per range with a KPI of audits: what they found, and what that brought and cost.

with

kpi_ranges as (

    select * from {{ ref('int_reports__kpi_ranges') }}
    where scope_type = 'company' and kpi in ('rejection_overturn_rate', 'qa_return')

),

range_values as (

    select
        range_id,
        max(case when kpi = 'rejection_overturn_rate' then numerator end) as overturned_audits,
        max(case when kpi = 'rejection_overturn_rate' then denominator end) as audits,
        max(case when kpi = 'rejection_overturn_rate' then value end) as overturned_share,
        max(case when kpi = 'qa_return' then numerator end) as reclaimed_amount,
        max(case when kpi = 'qa_return' then denominator end) as cost_amount,
        max(case when kpi = 'qa_return' then value end) as qa_return

    from kpi_ranges
    group by range_id

)

select * from range_values
