-- One row per month in which anything is known of audits: what they found, brought and cost.

with

kpi_values as (

    select * from {{ ref('fct_kpi_values') }}
    where
        period_type = 'month'
        and scope_type = 'company'
        and kpi in ('rejection_overturn_rate', 'qa_return')

),

audit_months as (

    select
        period_start as month_start,
        cast(max(case when kpi = 'rejection_overturn_rate' then denominator end) as bigint)
            as audits,
        cast(max(case when kpi = 'rejection_overturn_rate' then numerator end) as bigint)
            as overturned_audits,
        cast(max(case when kpi = 'rejection_overturn_rate' then value end) as decimal(28, 6))
            as overturned_share,
        cast(max(case when kpi = 'qa_return' then numerator end) as decimal(28, 2))
            as reclaimed_amount,
        cast(max(case when kpi = 'qa_return' then denominator end) as decimal(28, 2))
            as cost_amount,
        cast(max(case when kpi = 'qa_return' then value end) as decimal(28, 4)) as qa_return

    from kpi_values
    group by period_start

)

select
    month_start,
    {{ period_label("'month'", 'month_start') }} as month_label,
    audits,
    overturned_audits,
    overturned_share,
    reclaimed_amount,
    cost_amount,
    qa_return

from audit_months
where audits > 0 or reclaimed_amount > 0
