-- One row per lead month and score (ICP fit, readiness): the average points of its leads.

with

scores as (

    select * from {{ ref('fct_lead_scores') }}
    where rule_set in ('icp_fit', 'readiness') and points is not null

)

select
    rule_set,
    {{ month_of('created_date') }} as lead_month,
    cast(count(*) as bigint) as scored_leads,
    cast({{ exact_ratio('sum(points)', 'count(*)') }} as decimal(28, 2)) as average_points

from scores
group by rule_set, {{ month_of('created_date') }}
