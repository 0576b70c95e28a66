-- One row per load of one source, the latest two hundred: what became of the rows it read.

with

loads as (

    select * from {{ ref('stg_jointly__loads') }}

),

sources as (

    select * from {{ ref('int_reports__sources') }}

),

numbered_loads as (

    select
        loads.*,
        coalesce(sources.source_label, loads.stream) as source_label,
        row_number() over (order by loads.finished_at desc, loads.load_id asc) as recency

    from loads
    left join sources
        on loads.stream = sources.stream

),

recent_loads as (

    select
        load_id,
        stream,
        source_label,
        recency,
        {{ instant_text('finished_at') }} as finished_at_text,
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

)

select * from recent_loads
