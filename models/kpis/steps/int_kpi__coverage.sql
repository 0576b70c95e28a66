-- One row per KPI and period: whether its sources speak for the period, and why a value can still
-- change whatever was counted.

{% set lag = 'cast(coalesce(kpis.lag_days, 0) as integer)' %}

with

kpis as (

    select * from {{ ref('dim_kpis') }}
    where aggregation != 'derived'

),

periods as (

    select * from {{ ref('dim_periods') }}

),

as_of as (

    select * from {{ ref('dim_as_of') }}

),

kpi_periods as (

    select
        kpis.kpi,
        periods.period_type,
        periods.period_start,
        periods.period_end,
        periods.is_final as is_over,
        cast({{ dbt.dateadd('day', lag, 'periods.period_end') }} as date) as final_from,
        coalesce(
            kpis.missing_code,
            case
                when periods.period_end <= kpis.covered_from then 'before_data'
                when periods.period_start > kpis.covered_until then 'after_data'
            end
        ) as missing_code,
        kpis.missing_message,
        kpis.is_origin_unknown,
        kpis.covered_from,
        kpis.covered_until

    from kpis
    cross join periods

)

select
    kpi_periods.kpi,
    kpi_periods.period_type,
    kpi_periods.period_start,
    kpi_periods.period_end,
    kpi_periods.final_from,
    case
        when not kpi_periods.is_over then 'period_runs'
        when
            kpi_periods.period_start < kpi_periods.covered_from
            or kpi_periods.period_end > {{ dbt.dateadd('day', 1, 'kpi_periods.covered_until') }}
            then 'days_missing'
        when
            {{ instant_of_company_time('kpi_periods.final_from') }} > as_of.observed_until
            then 'lag'
    end as provisional_code,
    kpi_periods.missing_code,
    case kpi_periods.missing_code
        when 'before_data'
            then
                {{ message('kpi.reason.before_data', {
                    'day': as_day('kpi_periods.covered_from')
                }) }}
        when 'after_data'
            then
                {{ message('kpi.reason.after_data', {
                    'day': as_day('kpi_periods.covered_until')
                }) }}
        else kpi_periods.missing_message
    end as missing_message,
    kpi_periods.is_origin_unknown

from kpi_periods
cross join as_of
