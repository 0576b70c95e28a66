-- One row per stretch of time a reader can choose: its name, its place in the filter, and whether
-- its numbers can still change.

with

periods as (

    select * from {{ ref('dim_periods') }}
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
        periods.period_label as range_label,
        max(case when months.period_state = 'open' then 1 else 0 end) = 1 as is_open,
        max(case when months.period_state = 'provisional' then 1 else 0 end) = 1 as is_provisional,
        max(case when months.period_state = 'incomplete' then 1 else 0 end) = 1 as is_incomplete,
        max(months.incomplete_kpi_count) as incomplete_kpi_count,
        max(months.missing_kpi_count) as missing_kpi_count,
        sum(months.pending_count) as pending_count,
        max(months.final_from) as final_from,
        min(months.data_as_of) as data_as_of,
        min(months.stale_sources_message) as stale_sources_message

    from periods
    inner join months
        on months.period_start >= periods.period_start
        and months.period_start < periods.period_end
    group by
        periods.period_type, periods.period_start, periods.period_end, periods.period_label

),

named_ranges as (

    select
        *,
        -- What is dated after the data's last day has not happened yet: facts count until here.
        least(range_end, cast({{ dbt.dateadd('day', 1, 'data_as_of') }} as date)) as counted_end

    from judged_ranges

),

settled_ranges as (

    select
        *,
        case
            when is_open or counted_end < range_end then 'open'
            when is_incomplete then 'incomplete'
            when is_provisional then 'provisional'
            else 'final'
        end as range_state

    from named_ranges

),

-- What a page shows first: the last finished quarter; where none is finished yet, the newest range.
ranked_ranges as (

    select
        *,
        row_number() over (
            order by
                case
                    when range_type = 'quarter' and range_state != 'open' then 1
                    when range_state != 'open' then 2
                    else 3
                end,
                range_end desc,
                range_type
        ) as default_rank

    from settled_ranges

)

select
    lower(replace(range_label, ' ', '-')) as range_id,
    range_type,
    range_start,
    range_end,
    counted_end,
    range_label,
    range_state,
    default_rank = 1 as is_default,
    cast(
        row_number() over (
            order by
                case
                    when default_rank = 1 then 1
                    when range_type = 'last_12_months' then 2
                    else 3
                end,
                case range_type when 'quarter' then 1 when 'year' then 2 else 3 end,
                range_start desc
        ) as integer
    ) as sort_order,
    incomplete_kpi_count,
    missing_kpi_count,
    cast(pending_count as integer) as pending_count,
    final_from,
    data_as_of,
    stale_sources_message

from ranked_ranges
