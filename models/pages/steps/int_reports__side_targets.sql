-- One row per KPI and range with a target: the company's, which is that of the department owning
-- the KPI where the department is all of the company in it; and the department's, whatever it is.

with

kpi_ranges as (

    select * from {{ ref('int_reports__kpi_ranges') }}
    where target is not null

),

catalogue as (

    select * from {{ ref('int_kpi__catalogue') }}

),

department_scopes as (

    select * from {{ ref('int_reports__department_scopes') }}

),

side_targets as (

    select
        kpi_ranges.range_id,
        kpi_ranges.kpi,
        max(case when kpi_ranges.scope_type = 'company' then kpi_ranges.target end)
            as company_target,
        max(case when kpi_ranges.scope_type = 'department' then kpi_ranges.target end)
            as department_target,
        max(case when department_scopes.is_whole_company then kpi_ranges.target end)
            as whole_target

    from kpi_ranges
    inner join catalogue
        on kpi_ranges.kpi = catalogue.kpi
    left join department_scopes
        on kpi_ranges.kpi = department_scopes.kpi
        and kpi_ranges.scope_id = department_scopes.department_id
        and kpi_ranges.scope_type = 'department'
    where
        kpi_ranges.scope_type = 'company'
        or (
            kpi_ranges.scope_type = 'department'
            and kpi_ranges.scope_id = catalogue.owner_department
        )
    group by kpi_ranges.range_id, kpi_ranges.kpi

)

select
    range_id,
    kpi,
    coalesce(company_target, whole_target) as target,
    coalesce(company_target, department_target) as owner_target

from side_targets
