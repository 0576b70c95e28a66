-- One row per range: which of the company's sourcing KPIs are known. Where the company's number is
-- not known, its split is not known either.

{% set kpis = [
    'spend', 'visits', 'leads', 'mqls', 'ignored_lead_rate', 'wasted_spend', 'won_deals',
    'win_rate_count', 'collected_revenue',
] %}

with

kpi_ranges as (

    select * from {{ ref('int_reports__kpi_ranges') }}
    where scope_type = 'company'

)

select
    range_id,
    {% for kpi in kpis %}
    max(case when kpi = '{{ kpi }}' and numerator is not null then 1 else 0 end) = 1
        as knows_{{ kpi }}{{ ',' if not loop.last }}
    {% endfor %}

from kpi_ranges
group by range_id
