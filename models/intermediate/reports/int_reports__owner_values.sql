-- One row per KPI and period in the scope of the department that owns it (the company's own KPIs:
-- the company), where its target is set.

with

kpi_values as (

    select * from {{ ref('fct_kpi_values') }}

),

catalogue as (

    select * from {{ ref('int_kpi__catalogue') }}
    where aggregation != 'derived'

),

periods as (

    select * from {{ ref('rpt_periods') }}

),

owner_values as (

    select
        kpi_values.kpi,
        catalogue.kpi_label,
        catalogue.owner_department as side,
        catalogue.unit,
        catalogue.direction,
        catalogue.definition,
        catalogue.formula,
        periods.period_type,
        periods.period_start,
        periods.period_label,
        periods.period_state,
        periods.is_final,
        periods.is_latest_final,
        kpi_values.value,
        kpi_values.target,
        kpi_values.attainment,
        kpi_values.reason,
        lag(kpi_values.value) over (
            partition by kpi_values.kpi, kpi_values.period_type order by kpi_values.period_start
        ) as previous_value,
        lag(periods.period_label) over (
            partition by kpi_values.kpi, kpi_values.period_type order by kpi_values.period_start
        ) as previous_label

    from kpi_values
    inner join catalogue
        on kpi_values.kpi = catalogue.kpi
        and kpi_values.scope_id = catalogue.owner_department
    inner join periods
        on kpi_values.period_type = periods.period_type
        and kpi_values.period_start = periods.period_start
    where kpi_values.scope_type in ('company', 'department')

)

select * from owner_values
