-- One row per range and KPI in which the department that owns it is a part of the company only: the
-- department's own number, for a card that says so.

with

kpi_ranges as (

    select * from {{ ref('int_reports__kpi_ranges') }}
    where scope_type = 'department'

),

catalogue as (

    select * from {{ ref('int_kpi__catalogue') }}

),

department_scopes as (

    select * from {{ ref('int_reports__department_scopes') }}
    where not is_whole_company

)

select
    kpi_ranges.range_id,
    kpi_ranges.kpi,
    kpi_ranges.kpi || '_of_' || kpi_ranges.scope_id as card_id,
    {{ scoped_kpi_label('catalogue.kpi_label', 'kpi_ranges.scope_id') }} as kpi_label,
    catalogue.unit,
    catalogue.definition,
    kpi_ranges.scope_id as department_id,
    kpi_ranges.value,
    kpi_ranges.target,
    kpi_ranges.attainment,
    kpi_ranges.reason

from kpi_ranges
inner join catalogue
    on kpi_ranges.kpi = catalogue.kpi
    and kpi_ranges.scope_id = catalogue.owner_department
inner join department_scopes
    on kpi_ranges.kpi = department_scopes.kpi
    and kpi_ranges.scope_id = department_scopes.department_id
