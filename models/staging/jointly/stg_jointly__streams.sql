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
        cast(first_event_at as timestamp) as first_event_at,
        cast(last_event_at as timestamp) as last_event_at,
        cast(observed_until as timestamp) as observed_until,
        cast(loaded_at as timestamp) as loaded_at

    from stream_state

)

select * from renamed_streams
