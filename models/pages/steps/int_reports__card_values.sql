-- One row per card of a KPI and period: the company's number, and beside it that of the department
-- which owns the KPI where that is another number. A target stands only beside a number of its own
-- scope: a department's target is the company's too only where the department is all of it.

with

kpi_values as (

    select * from {{ ref('fct_kpi_values') }}
    where period_type in ('week', 'month', 'quarter')

),

catalogue as (

    select * from {{ ref('int_kpi__catalogue') }}

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
        companies.kpi as card_id,
        'company' as scope_id,
        parts.kpi is null as is_owner_value,
        companies.period_type,
        companies.period_start,
        companies.value,
        companies.reference_target as target,
        companies.reference_attainment as attainment,
        case
            when companies.target is null and owner_departments.target is not null
                then owner_departments.reason_text
            else companies.reason_text
        end as reason

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
        kpi || '_of_' || scope_id as card_id,
        scope_id,
        true as is_owner_value,
        period_type,
        period_start,
        value,
        target,
        attainment,
        reason_text as reason

    from owner_departments
    where not is_whole_company

)

select * from card_values
