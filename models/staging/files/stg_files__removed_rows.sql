-- One row per stream with records that stay in its table and count nowhere any more.

with

removed_rows as (

    {% for stream in deletable_streams() %}
    select
        '{{ stream }}' as stream,
        count(*) as row_count

    from {{ source('files', stream) }}
    where is_deleted

    union all

    {% endfor %}
    select
        record_type || 's' as stream,
        count(*) as row_count

    from {{ ref('stg_files__merges') }}
    group by record_type

)

select
    stream,
    sum(row_count) as row_count

from removed_rows
group by stream
having sum(row_count) > 0
