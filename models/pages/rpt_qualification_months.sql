-- One row per judged lead month and kind of lead (qualified, all): the share that has paid.

with

quality as (

    select * from {{ ref('fct_qualification_quality') }}
    where period_type = 'month' and is_judged

),

-- Two versions can share a month: a version begins on any day.
summed_months as (

    select
        lead_month,
        sum(judged_leads) as judged_leads,
        sum(qualified_leads) as qualified_leads,
        sum(collected_leads) as collected_leads,
        sum(qualified_collected_leads) as qualified_collected_leads

    from quality
    group by lead_month

)

select
    lead_month,
    'Qualified leads' as lead_kind,
    cast(qualified_leads as bigint) as leads,
    cast({{ exact_ratio('qualified_collected_leads', 'qualified_leads') }} as decimal(28, 6))
        as paid_share

from summed_months

union all

select
    lead_month,
    'All leads' as lead_kind,
    cast(judged_leads as bigint) as leads,
    cast({{ exact_ratio('collected_leads', 'judged_leads') }} as decimal(28, 6)) as paid_share

from summed_months
