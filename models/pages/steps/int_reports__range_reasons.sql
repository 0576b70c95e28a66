-- One row per range: why money or deals are not known, and how far ROAS came towards its target, of
-- the company or, where it has none, of marketing.

with

kpi_ranges as (

    select * from {{ ref('int_reports__kpi_ranges') }}
    where
        scope_type = 'company' or (scope_type = 'department' and scope_id = 'marketing')

)

select
    range_id,
    max(case when kpi = 'collected_revenue' then reason end) as money_reason,
    max(case when kpi = 'won_deals' then reason end) as deals_reason,
    coalesce(
        max(case when kpi = 'roas' and scope_type = 'company' then attainment end),
        max(case when kpi = 'roas' then attainment end)
    ) as roas_attainment

from kpi_ranges
group by range_id
