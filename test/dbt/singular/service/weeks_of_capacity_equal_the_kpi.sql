-- The band and the KPI divide the same numbers. A row is a finished week in which they differ; the
-- week in which the company's calendar begins is not whole in the KPI.

select
    weeks.week_start,
    weeks.qualified_leads,
    weeks.capacity_leads,
    kpi_values.value

from {{ ref('fct_lead_capacity') }} as weeks
inner join {{ ref('fct_kpi_values') }} as kpi_values
    on weeks.week_start = kpi_values.period_start
    and kpi_values.kpi = 'lead_capacity_use'
    and kpi_values.scope_type = 'company'
    and kpi_values.period_type = 'week'
where
    weeks.is_final
    and weeks.week_start >= (select min(date_day) from {{ ref('dim_dates') }})
    and coalesce({{ exact_ratio('weeks.qualified_leads', 'weeks.capacity_leads') }}, -1)
    != coalesce(kpi_values.value, -1)
