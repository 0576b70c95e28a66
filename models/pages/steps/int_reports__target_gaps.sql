-- One row per KPI at least half a per cent short of its target, in a month or quarter, for the
-- company, a department or a product line. Less is what people read as 100%, and no risk.

with

kpi_values as (

    select * from {{ ref('fct_kpi_values') }}
    where
        scope_type in ('company', 'department', 'product_line')
        and period_type in ('month', 'quarter')
        and attainment <= 0.995

),

catalogue as (

    select * from {{ ref('dim_kpis') }}

),

scopes as (

    select * from {{ ref('int_reports__scopes') }}
    where scope_type = 'product_line'

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
        {{ message('risks.gap', {
            'line': "case when kpi_values.scope_type = 'product_line'"
                ~ " then coalesce(scopes.scope_label, kpi_values.scope_id) end",
            'kpi': 'catalogue.kpi_label',
            'department': "case when kpi_values.scope_type = 'department'"
                ~ " and not kpi_values.is_whole_company then kpi_values.scope_id end",
            'direction': 'catalogue.direction',
            'value': as_kpi(
                'kpi_values.value', 'catalogue.unit', 'kpi_values.target', 'kpi_values.attainment'
            ),
            'target': as_kpi('kpi_values.target', 'catalogue.unit'),
            'attainment': as_attainment('kpi_values.attainment')
        }) }} as risk_message

    from kpi_values
    inner join catalogue
        on kpi_values.kpi = catalogue.kpi
    left join scopes
        on kpi_values.scope_type = scopes.scope_type
        and kpi_values.scope_id = scopes.scope_id

)

select * from gaps
