-- One row per period: by which KPI each side of the company is measured, and why a side cannot be.

{% set sides = ['marketing', 'sales', 'company'] %}

with

periods as (

    select * from {{ ref('dim_periods') }}
    where period_type in ('month', 'quarter')

),

headline_kpis as (

    select * from {{ ref('headline_kpis') }}

),

catalogue as (

    select * from {{ ref('dim_kpis') }}

),

kpi_values as (

    select * from {{ ref('fct_kpi_values') }}

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
        headline_kpis.kpi,
        kpi_values.attainment,
        later_starts.next_start,
        case
            when headline_kpis.kpi is not null
                then {{ message('overview.side_kpi', {
                    'side': 'sides.side', 'kpi': 'catalogue.kpi_label'
                }) }}
        end as measured_by_message,
        case
            when kpi_values.attainment is not null then null
            when headline_kpis.kpi is not null
                then {{ message('overview.side_unknown', {
                    'side': 'sides.side', 'reason': as_message('kpi_values.reason_message')
                }) }}
            else {{ message('overview.side_unset', {
                'side': 'sides.side', 'day': as_day('later_starts.next_start')
            }) }}
        end as reason_message

    from periods
    cross join (values ('marketing'), ('sales'), ('company')) as sides (side)
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

),

sides_of_periods as (

    select
        period_type,
        period_start,
        {% for side in sides %}
        max(case when side = '{{ side }}' then measured_by_message end) as {{ side }}_measured,
        max(case when side = '{{ side }}' then reason_message end) as {{ side }}_reason,
        {% endfor %}
        count(kpi) as kpi_count,
        count(attainment) as attainment_count,
        count(distinct coalesce(next_start, date '9999-12-31')) as start_count,
        min(next_start) as next_start

    from side_kpis
    group by period_type, period_start

)

select
    period_type,
    period_start,
    case
        when kpi_count > 0
            then {{ messages(['marketing_measured', 'sales_measured', 'company_measured']) }}
    end as measured_by_message,
    case
        when attainment_count = 3 then null
        -- Said once where it is the same for all three.
        when kpi_count = 0 and start_count = 1
            then {{ message('overview.sides_unset', {'day': as_day('next_start')}) }}
        else {{ messages(['marketing_reason', 'sales_reason', 'company_reason']) }}
    end as reason_message

from sides_of_periods
