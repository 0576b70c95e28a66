-- One row per finished load of one stream.

with

loads as (

    select * from {{ source('jointly', 'loads') }}

),

files as (

    select
        load_id,
        min(file_id) as first_file_id,
        max(file_id) as last_file_id

    from {{ source('jointly', 'files') }}
    group by load_id

),

renamed_loads as (

    select
        loads.load_id,
        stream,
        -- Files are numbered as they are read, so these say which load came first.
        first_file_id,
        last_file_id,
        cast(started_at as timestamp) as started_at,
        cast(finished_at as timestamp) as finished_at,
        files as file_count,
        read_rows as read_row_count,
        inserted_rows as inserted_row_count,
        updated_rows as updated_row_count,
        unchanged_rows as unchanged_row_count,
        duplicate_rows as duplicate_row_count,
        superseded_rows as superseded_row_count,
        rejected_rows as rejected_row_count,
        deleted_rows as deleted_row_count

    from loads
    left join files
        on loads.load_id = files.load_id

)

select * from renamed_loads
