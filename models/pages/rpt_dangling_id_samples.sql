-- One row per id that names nothing, at most twenty for each column: the most used first.

with

named_ids as (

    select * from {{ ref('int_ops__named_ids') }}
    where not is_known

),

numbered_ids as (

    select
        stream,
        column_name,
        list_name,
        named_id,
        cast(row_count as bigint) as row_count,
        row_number() over (
            partition by stream, column_name, list_name order by row_count desc, named_id
        ) as sample_number

    from named_ids

)

select * from numbered_ids
where sample_number <= 20
