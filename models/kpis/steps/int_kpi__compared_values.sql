-- One row per KPI, attribution model, scope and period: the value, and the target to hold it
-- against where it has none of its own. Nobody is paid on that.

with

kpi_values as (

    select * from {{ ref('int_kpi__values') }}

),

kpis as (

    select * from {{ ref('dim_kpis') }}

),

targets as (

    select * from {{ ref('int_kpi__targets') }}

),

-- All leads are leads of marketing, but not all money comes from deals it brought.
departments as (

    select
        departments.kpi,
        departments.scope_id as department_id,
        count(
            case
                when
                    coalesce(departments.numerator, -1) != coalesce(companies.numerator, -1)
                    or coalesce(departments.denominator, -1) != coalesce(companies.denominator, -1)
                    then 1
            end
        ) = 0 as is_whole_company

    from kpi_values as departments
    inner join kpi_values as companies
        on departments.kpi = companies.kpi
        and departments.period_type = companies.period_type
        and departments.period_start = companies.period_start
    where
        departments.attribution_model = 'default'
        and departments.scope_type = 'department'
        and companies.attribution_model = 'default'
        and companies.scope_type = 'company'
        and departments.period_type in ('month', 'quarter')
    group by departments.kpi, departments.scope_id

),

-- The company without a target of its own is held against that of the department owning the KPI,
-- where the department is all of it; a person's rate against that of the company or department.
owner_targets as (

    select
        targets.kpi,
        targets.period_type,
        targets.period_start,
        max(case when targets.scope_type = 'company' then targets.target end) as company_target,
        max(case when targets.scope_type = 'department' then targets.target end)
            as department_target,
        max(case when departments.is_whole_company then targets.target end) as whole_target

    from targets
    inner join kpis
        on targets.kpi = kpis.kpi
    left join departments
        on targets.kpi = departments.kpi
        and targets.scope_id = departments.department_id
        and targets.scope_type = 'department'
    where
        targets.scope_type = 'company'
        or (targets.scope_type = 'department' and targets.scope_id = kpis.owner_department)
    group by targets.kpi, targets.period_type, targets.period_start

),

compared_values as (

    select
        kpi_values.*,
        kpis.direction,
        coalesce(
            kpi_values.target,
            case
                when kpi_values.scope_type = 'company' then owner_targets.whole_target
                when kpi_values.scope_type = 'person' and kpis.denominator is not null
                    then coalesce(owner_targets.company_target, owner_targets.department_target)
            end
        ) as reference_target,
        case kpi_values.scope_type
            when 'company' then true
            when 'department' then departments.is_whole_company
        end as is_whole_company

    from kpi_values
    inner join kpis
        on kpi_values.kpi = kpis.kpi
    left join owner_targets
        on kpi_values.kpi = owner_targets.kpi
        and kpi_values.period_type = owner_targets.period_type
        and kpi_values.period_start = owner_targets.period_start
    left join departments
        on kpi_values.kpi = departments.kpi
        and case when kpi_values.scope_type = 'department' then kpi_values.scope_id end
        = departments.department_id

)

select
    *,
    {{ attainment('value', 'reference_target', 'direction') }} as reference_attainment

from compared_values
