-- One row per pause of a clock.

with

clock_pauses as (

    {{ current_rows('clock_pauses') }}

),

cleaned_clock_pauses as (

    select
        record_type,
        {{ clean_text('record_id') }} as record_id,
        paused_at,
        resumed_at,
        {{ clean_text('reason') }} as reason

    from clock_pauses

)

select * from cleaned_clock_pauses
