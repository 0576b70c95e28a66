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
        cast({{ dbt.dateadd('day', -1, 'periods.period_end') }} as date) as last_date,
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

),

gaps as (

    select * from {{ ref('fct_coverage_gaps') }}
    where waived_by is null

),

-- Numbers that somebody is paid on.
pay_kpis as (

    {% for rule in ['plan_components', 'component_gates', 'plan_multipliers', 'pools'] %}
    select kpi from {{ ref(rule) }}
    {% if not loop.last %}
    union
    {% endif %}
    {% endfor %}

),

-- Money and pay suffer no row that is lacking; one visit in thousands makes no other number wrong.
kpi_gaps as (

    select
        kpis.kpi,
        gaps.*

    from kpis
    inner join gaps
        on '|' || kpis.required_streams || '|' like '%|' || {{ stands_for('gaps.stream') }} || '|%'
    left join pay_kpis
        on kpis.kpi = pay_kpis.kpi
    where gaps.gap_code != 'rows' or gaps.is_money or pay_kpis.kpi is not null

),

-- A source that is behind as a whole leaves a period that runs as open as it is.
period_gaps as (

    select
        kpi_periods.kpi,
        kpi_periods.period_type,
        kpi_periods.period_start,
        gaps.stream,
        gaps.input_name,
        gaps.account,
        gaps.gap_code,
        gaps.is_money,
        gaps.currency_code,
        min(greatest(gaps.first_date, kpi_periods.period_start)) as first_date,
        max(least(gaps.last_date, kpi_periods.last_date)) as last_date,
        sum(gaps.row_count) as row_count,
        cast(sum(gaps.amount) as decimal(28, 6)) as amount

    from kpi_periods
    inner join kpi_gaps as gaps
        on kpi_periods.kpi = gaps.kpi
        and gaps.first_date < kpi_periods.period_end
        and gaps.last_date >= kpi_periods.period_start
    where
        kpi_periods.missing_code is null
        and (gaps.gap_code != 'behind' or kpi_periods.is_over)
    group by
        kpi_periods.kpi,
        kpi_periods.period_type,
        kpi_periods.period_start,
        gaps.stream,
        gaps.input_name,
        gaps.account,
        gaps.gap_code,
        gaps.is_money,
        gaps.currency_code

),

gap_messages as (

    select
        kpi,
        period_type,
        period_start,
        {{ message('kpi.reason.gaps', {'gaps': as_list_of_rows(
            as_message(coverage_gap()),
            'stream, account, input_name, gap_code, first_date, currency_code'
        )}) }} as gaps_message

    from period_gaps
    group by kpi, period_type, period_start

)

select
    kpi_periods.kpi,
    kpi_periods.period_type,
    kpi_periods.period_start,
    kpi_periods.period_end,
    kpi_periods.final_from,
    case
        when gap_messages.gaps_message is not null then 'gaps'
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
    kpi_periods.is_origin_unknown,
    gap_messages.gaps_message

from kpi_periods
cross join as_of
left join gap_messages
    on kpi_periods.kpi = gap_messages.kpi
    and kpi_periods.period_type = gap_messages.period_type
    and kpi_periods.period_start = gap_messages.period_start
