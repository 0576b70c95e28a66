-- One row per period: which side of the company has no attainment and why, in words; null where all
-- three can be judged.

with

headline_kpis as (

    select * from {{ ref('headline_kpis') }}

),

catalogue as (

    select * from {{ ref('int_kpi__catalogue') }}

),

kpi_values as (

    select * from {{ ref('fct_kpi_values') }}

),

periods as (

    select * from {{ ref('rpt_periods') }}

),

sides as (

    select
        periods.period_type,
        periods.period_start,
        headline_kpis.side,
        case headline_kpis.side when 'marketing' then 1 when 'sales' then 2 else 3 end
            as side_order,
        catalogue.kpi_label,
        kpi_values.attainment,
        kpi_values.reason

    from periods
    inner join headline_kpis
        on {{ is_in_force('headline_kpis', 'periods.period_start') }}
    left join catalogue
        on headline_kpis.kpi = catalogue.kpi
    left join kpi_values
        on headline_kpis.kpi = kpi_values.kpi
        and periods.period_type = kpi_values.period_type
        and periods.period_start = kpi_values.period_start
        and kpi_values.scope_type
        = case when headline_kpis.side = 'company' then 'company' else 'department' end
        and kpi_values.scope_id = headline_kpis.side

),

explained_periods as (

    select
        period_type,
        period_start,
        {{ dbt.listagg("side || ' by ' || lower(kpi_label)", "', '", 'order by side_order') }}
            as measured_by,
        {{ dbt.listagg(
            "case when attainment is null then side || ': ' || coalesce(reason, 'no value') end",
            "'; '", 'order by side_order'
        ) }} as missing_reason

    from sides
    group by period_type, period_start

)

select * from explained_periods
