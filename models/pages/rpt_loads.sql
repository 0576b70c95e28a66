-- One row per load of one source, the latest two hundred: what became of the rows it read.

with

numbered_loads as (

    select
        *,
        row_number() over (order by finished_at desc, load_id asc) as recency

    from {{ ref('stg_jointly__loads') }}

)

select
    load_id,
    stream,
    {{ message('data_health.source', {'stream': 'stream'}) }} as source_label_message,
    recency,
    {{ company_time('finished_at') }} as finished_at,
    cast({{ dbt.datediff('started_at', 'finished_at', 'second') }} as bigint) as seconds,  -- noqa: LT05
    file_count,
    read_row_count,
    inserted_row_count,
    updated_row_count,
    unchanged_row_count,
    duplicate_row_count + superseded_row_count as superseded_row_count,
    rejected_row_count,
    deleted_row_count

from numbered_loads
where recency <= 200
