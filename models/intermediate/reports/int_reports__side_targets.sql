-- One row per KPI and range: the company's target, or that of the department which owns the KPI.

with

kpi_ranges as (

    select * from {{ ref('int_reports__kpi_ranges') }}

),

catalogue as (

    select * from {{ ref('int_kpi__catalogue') }}

)

select
    kpi_ranges.range_id,
    kpi_ranges.kpi,
    coalesce(
        max(case when kpi_ranges.scope_type = 'company' then kpi_ranges.target end),
        max(case when kpi_ranges.scope_type = 'department' then kpi_ranges.target end)
    ) as target

from kpi_ranges
inner join catalogue
    on kpi_ranges.kpi = catalogue.kpi
where
    kpi_ranges.target is not null
    and (
        kpi_ranges.scope_type = 'company'
        or (
            kpi_ranges.scope_type = 'department'
            and kpi_ranges.scope_id = catalogue.owner_department
        )
    )
group by kpi_ranges.range_id, kpi_ranges.kpi
