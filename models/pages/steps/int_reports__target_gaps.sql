-- One row per KPI below its target, in a month or quarter, for the company, a department or a
-- product line: the gap in words.

with

kpi_values as (

    select * from {{ ref('fct_kpi_values') }}
    where
        scope_type in ('company', 'department', 'product_line')
        and period_type in ('month', 'quarter')
        and attainment < 1

),

catalogue as (

    select * from {{ ref('int_kpi__catalogue') }}

),

scopes as (

    select * from {{ ref('int_reports__scopes') }}

),

gaps as (

    select
        kpi_values.period_type,
        kpi_values.period_start,
        kpi_values.kpi,
        kpi_values.scope_type,
        kpi_values.scope_id,
        catalogue.owner_department as owner,
        kpi_values.attainment,
        case
            when kpi_values.scope_type = 'product_line'
                then coalesce(scopes.scope_label, kpi_values.scope_id) || ': '
            else ''
        end
        || {{ scoped_kpi_label(
            'catalogue.kpi_label',
            "case when kpi_values.scope_type = 'department' and not kpi_values.is_whole_company"
            ~ " then kpi_values.scope_id else 'company' end"
        ) }}
        || case when catalogue.direction = 'down' then ' is ' else ' reached ' end
        || {{ compared_kpi_text(
            'kpi_values.value', 'kpi_values.target', 'kpi_values.attainment', 'catalogue.unit'
        ) }}
        || case
            when catalogue.direction = 'down' then ', above the target of '
            else ' of the target of '
        end
        || {{ kpi_text('kpi_values.target', 'catalogue.unit') }}
        || ' (' || {{ percent_text('kpi_values.attainment') }} || ')' as risk

    from kpi_values
    inner join catalogue
        on kpi_values.kpi = catalogue.kpi
    left join scopes
        on kpi_values.scope_type = scopes.scope_type
        and kpi_values.scope_id = scopes.scope_id

)

select * from gaps
