-- One row per column that names rows of another list: how many of its rows name one that exists.

with

named_ids as (

    select * from {{ ref('int_ops__named_ids') }}

),

sources as (

    select * from {{ ref('int_reports__sources') }}

),

counted_links as (

    select
        stream,
        column_name,
        list_name,
        sum(row_count) as row_count,
        sum(case when is_known then 0 else row_count end) as dangling_row_count,
        count(case when not is_known then 1 end) as dangling_id_count

    from named_ids
    group by stream, column_name, list_name

)

select
    counted_links.stream,
    sources.source_label,
    counted_links.column_name,
    counted_links.list_name,
    cast(counted_links.row_count as bigint) as row_count,
    cast(counted_links.dangling_row_count as bigint) as dangling_row_count,
    cast(counted_links.dangling_id_count as bigint) as dangling_id_count

from counted_links
inner join sources
    on counted_links.stream = sources.stream
