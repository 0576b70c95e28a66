-- One row per stretch of time a reader can choose: its name, and whether its numbers can still
-- change.

with

periods as (

    select * from {{ ref('int_kpi__periods') }}
    where period_type != 'week'

),

months as (

    select * from {{ ref('fct_period_states') }}
    where period_type = 'month'

),

-- A range is as settled as the least settled of its months.
judged_ranges as (

    select
        periods.period_type as range_type,
        periods.period_start as range_start,
        periods.period_end as range_end,
        max(case when months.period_state = 'open' then 1 else 0 end) = 1 as is_open,
        max(case when months.period_state = 'provisional' then 1 else 0 end) = 1 as is_provisional,
        max(months.missing_kpi_count) as missing_kpi_count,
        sum(months.pending_count) as pending_count,
        max(months.final_from) as final_from,
        min(months.data_as_of) as data_as_of,
        min(months.stale_sources_message) as stale_sources_message

    from periods
    inner join months
        on months.period_start >= periods.period_start
        and months.period_start < periods.period_end
    group by periods.period_type, periods.period_start, periods.period_end

),

named_ranges as (

    select
        *,
        cast({{ dbt.dateadd('day', 1, 'data_as_of') }} as date) as day_after_data,
        case range_type
            when 'last_12_months' then 'Last 12 months'
            when 'year' then cast(extract(year from range_start) as varchar)
            else {{ period_label('range_type', 'range_start') }}
        end as range_label

    from judged_ranges

)

select
    lower(replace(range_label, ' ', '-')) as range_id,
    range_type,
    range_start,
    range_end,
    -- What is dated after the data's last day has not happened yet: facts count until here.
    least(range_end, day_after_data) as counted_end,
    range_label,
    case
        when is_open or range_end > day_after_data then 'open'
        when is_provisional then 'provisional'
        else 'final'
    end as range_state,
    missing_kpi_count,
    cast(pending_count as integer) as pending_count,
    final_from,
    data_as_of,
    stale_sources_message

from named_ranges
