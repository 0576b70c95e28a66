-- One row per range: which of the company's sourcing KPIs are known. Where the company's number is
-- not known, its split is not known either.

with

kpi_ranges as (

    select * from {{ ref('int_reports__kpi_ranges') }}
    where scope_type = 'company' and numerator is not null

),

ranges as (

    select * from {{ ref('int_reports__ranges') }}

)

select
    ranges.range_id,
    count(case when kpi_ranges.kpi = 'spend' then 1 end) > 0 as knows_spend,
    count(case when kpi_ranges.kpi = 'visits' then 1 end) > 0 as knows_visits,
    count(case when kpi_ranges.kpi = 'leads' then 1 end) > 0 as knows_leads,
    count(case when kpi_ranges.kpi = 'mqls' then 1 end) > 0 as knows_mqls,
    count(case when kpi_ranges.kpi = 'ignored_lead_rate' then 1 end) > 0 as knows_ignored_lead_rate,
    count(case when kpi_ranges.kpi = 'wasted_spend' then 1 end) > 0 as knows_wasted_spend,
    count(case when kpi_ranges.kpi = 'won_deals' then 1 end) > 0 as knows_won_deals,
    count(case when kpi_ranges.kpi = 'win_rate_count' then 1 end) > 0 as knows_win_rate_count,
    count(case when kpi_ranges.kpi = 'collected_revenue' then 1 end) > 0 as knows_collected_revenue

from ranges
left join kpi_ranges
    on ranges.range_id = kpi_ranges.range_id
group by ranges.range_id
