-- One row per id that names nothing, at most twenty for each column, the most used first; with it,
-- how many rows of the column name something that exists, and how many do not.

with

named_ids as (

    select * from {{ ref('int_ops__named_ids') }}

),

counted_links as (

    select
        stream,
        column_name,
        list_name,
        sum(row_count) as named_row_count,
        sum(case when is_known then 0 else row_count end) as dangling_row_count,
        count(case when not is_known then 1 end) as dangling_id_count

    from named_ids
    group by stream, column_name, list_name

),

numbered_ids as (

    select
        *,
        row_number() over (
            partition by stream, column_name, list_name order by row_count desc, named_id
        ) as sample_number

    from named_ids
    where not is_known

)

select
    counted_links.stream,
    {{ message('data_health.source', {'stream': 'counted_links.stream'}) }} as source_label_message,
    counted_links.column_name,
    counted_links.list_name,
    {{ message('data_health.list', {'list': 'counted_links.list_name'}) }} as list_label_message,
    cast(counted_links.named_row_count as bigint) as named_row_count,
    cast(counted_links.dangling_row_count as bigint) as dangling_row_count,
    cast(counted_links.dangling_id_count as bigint) as dangling_id_count,
    numbered_ids.sample_number,
    numbered_ids.named_id,
    cast(numbered_ids.row_count as bigint) as row_count

from counted_links
inner join numbered_ids
    on counted_links.stream = numbered_ids.stream
    and counted_links.column_name = numbered_ids.column_name
    and counted_links.list_name = numbered_ids.list_name
where numbered_ids.sample_number <= 20
