-- One row per stream.

with

stream_state as (

    select * from {{ source('jointly', 'stream_state') }}

),

renamed_streams as (

    select
        stream,
        is_connected,
        row_count,
        {{ stream_instant('first_event_at') }} as first_event_at,
        {{ stream_instant('last_event_at') }} as last_event_at,
        {{ stream_instant('observed_until') }} as observed_until,
        cast(loaded_at as timestamp) as loaded_at

    from stream_state

)

select * from renamed_streams
