-- One row per connected source: the rows its files held, those that were loaded, and whether few
-- enough were rejected for anybody to be paid on the rest. What a later file corrects, or somebody
-- has waived, is not held against it.

with

sources as (

    select * from {{ ref('dim_streams') }}
    where is_connected

),

streams as (

    select * from {{ ref('stg_jointly__streams') }}

),

counted_rejects as (

    select
        stream,
        cast(sum(row_count) as bigint) as rejected_rows

    from {{ ref('fct_coverage_gaps') }}
    where gap_code = 'rows' and waived_by is null
    group by stream

),

counted_rows as (

    select
        sources.stream,
        streams.row_count as loaded_rows,
        streams.row_count + coalesce(counted_rejects.rejected_rows, 0) as delivered_rows

    from sources
    inner join streams
        on sources.stream = streams.stream
    left join counted_rejects
        on sources.stream = counted_rejects.stream

),

row_checks as (

    select
        *,
        delivered_rows - loaded_rows
        <= {{ product('delivered_rows', 0, report_limit('blocking_rejected_share'), 4) }}
            as is_passed

    from counted_rows
    where delivered_rows > 0

)

select * from row_checks
