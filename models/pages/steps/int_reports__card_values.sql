-- One row per KPI, period and scope of a card: the company's number, and beside it that of the
-- department which owns the KPI where that is another number. A target stands only beside a number
-- of its own scope: a department's target is the company's only where the department is all of it.

with

kpi_values as (

    select * from {{ ref('fct_kpi_values') }}
    where scope_type in ('company', 'department') and period_type != 'week'

),

catalogue as (

    select * from {{ ref('dim_kpis') }}

),

owner_departments as (

    select kpi_values.*
    from kpi_values
    inner join catalogue
        on kpi_values.kpi = catalogue.kpi
        and kpi_values.scope_id = catalogue.owner_department
    where kpi_values.scope_type = 'department'

),

companies as (

    select * from kpi_values
    where scope_type = 'company'

),

-- KPIs in which the department that owns them is a part of the company only.
parts as (

    select distinct kpi from owner_departments
    where not is_whole_company

),

card_values as (

    select
        companies.kpi,
        'company' as scope_id,
        parts.kpi is null as is_owner_value,
        companies.period_type,
        companies.period_start,
        companies.numerator,
        companies.value,
        companies.reference_target as target,
        companies.reference_attainment as attainment,
        case
            when companies.target is null and owner_departments.target is not null
                then owner_departments.reason_code
            else companies.reason_code
        end as reason_code,
        case
            when companies.target is null and owner_departments.target is not null
                then owner_departments.reason_message
            else companies.reason_message
        end as reason_message

    from companies
    left join owner_departments
        on companies.kpi = owner_departments.kpi
        and companies.period_type = owner_departments.period_type
        and companies.period_start = owner_departments.period_start
        and owner_departments.is_whole_company
    left join parts
        on companies.kpi = parts.kpi

    union all

    select
        kpi,
        scope_id,
        true as is_owner_value,
        period_type,
        period_start,
        numerator,
        value,
        target,
        attainment,
        reason_code,
        reason_message

    from owner_departments
    where not is_whole_company

)

select * from card_values
