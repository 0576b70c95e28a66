-- One row per stretch of time a reader can choose, in the order of the filter.

with

ranges as (

    select * from {{ ref('int_reports__ranges') }}

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

    from ranges

)

select
    range_id,
    range_type,
    range_start,
    range_end,
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
    missing_kpi_count,
    pending_count,
    final_from,
    data_as_of,
    stale_sources_message

from ranked_ranges
