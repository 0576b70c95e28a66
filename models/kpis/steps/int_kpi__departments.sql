-- One row per KPI and department with a value of its own: whether the department is the whole
-- company in it. All leads are leads of marketing, but not all money comes from deals it brought.

with

measured as (

    select * from {{ ref('int_kpi__measured') }}
    where attribution_model = 'default' and period_type in ('month', 'quarter')

),

compared_sides as (

    select
        departments.kpi,
        departments.scope_id as department_id,
        coalesce(departments.numerator, -1) = coalesce(companies.numerator, -1)
        and coalesce(departments.denominator, -1) = coalesce(companies.denominator, -1)
            as is_same

    from measured as departments
    inner join measured as companies
        on departments.kpi = companies.kpi
        and departments.period_type = companies.period_type
        and departments.period_start = companies.period_start
    where departments.scope_type = 'department' and companies.scope_type = 'company'

)

select
    kpi,
    department_id,
    count(case when not is_same then 1 end) = 0 as is_whole_company

from compared_sides
group by kpi, department_id
