-- One row per KPI and department with a value of its own: whether the department is the whole
-- company in it. All leads are leads of marketing, but not all money comes from deals it brought.

with

kpi_values as (

    select * from {{ ref('fct_kpi_values') }}
    where period_type in ('month', 'quarter')

),

compared_values as (

    select
        departments.kpi,
        departments.scope_id as department_id,
        coalesce(departments.numerator, -1) = coalesce(companies.numerator, -1)
        and coalesce(departments.denominator, -1) = coalesce(companies.denominator, -1)
            as is_same

    from kpi_values as departments
    inner join kpi_values as companies
        on departments.kpi = companies.kpi
        and departments.period_type = companies.period_type
        and departments.period_start = companies.period_start
    where departments.scope_type = 'department' and companies.scope_type = 'company'

)

select
    kpi,
    department_id,
    count(case when not is_same then 1 end) = 0 as is_whole_company

from compared_values
group by kpi, department_id
