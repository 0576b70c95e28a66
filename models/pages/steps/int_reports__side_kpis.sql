-- One row per period and side of the company: the KPI it is judged by, how far that came towards
-- its target, and why there is no attainment, in words.

with

sides as (

    select * from (
        values ('marketing', 1), ('sales', 2), ('company', 3)
    ) as sides (side, side_order)

),

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

-- A KPI that comes into force after the first day of a period does not judge that period.
later_starts as (

    select
        periods.period_type,
        periods.period_start,
        headline_kpis.side,
        min(headline_kpis.valid_from) as next_start

    from periods
    inner join headline_kpis
        on periods.period_start < headline_kpis.valid_from
    group by periods.period_type, periods.period_start, headline_kpis.side

),

side_kpis as (

    select
        periods.period_type,
        periods.period_start,
        sides.side,
        sides.side_order,
        headline_kpis.kpi is not null as is_in_force,
        catalogue.kpi_label,
        kpi_values.attainment,
        case
            when kpi_values.attainment is not null then null
            when headline_kpis.kpi is not null then coalesce(kpi_values.reason_text, 'no value')
            when later_starts.next_start is not null
                then
                    'in force from ' || {{ day_text('later_starts.next_start') }}
                    || ', after this period began'
            else 'not set for this period'
        end as reason

    from periods
    cross join sides
    left join headline_kpis
        on sides.side = headline_kpis.side
        and {{ is_in_force('headline_kpis', 'periods.period_start') }}
    left join later_starts
        on periods.period_type = later_starts.period_type
        and periods.period_start = later_starts.period_start
        and sides.side = later_starts.side
    left join catalogue
        on headline_kpis.kpi = catalogue.kpi
    left join kpi_values
        on headline_kpis.kpi = kpi_values.kpi
        and periods.period_type = kpi_values.period_type
        and periods.period_start = kpi_values.period_start
        and kpi_values.scope_type
        = case when headline_kpis.side = 'company' then 'company' else 'department' end
        and kpi_values.scope_id = headline_kpis.side

)

select * from side_kpis
