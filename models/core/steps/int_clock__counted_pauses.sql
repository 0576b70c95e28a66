-- One row per pause that moves a due time: one that began while the clock still had time left.

with

pauses as (

    select * from {{ ref('int_clock__pauses') }}

),

runs as (

    select * from {{ ref('int_clock__runs') }}

),

measured_pauses as (

    select
        pauses.record_type,
        pauses.record_id,
        pauses.pause_number,
        pauses.paused_business_seconds,
        pauses.resumed_business_seconds,
        runs.allowed_seconds,
        pauses.paused_business_seconds
        - runs.started_business_seconds
        - coalesce(
            sum(pauses.resumed_business_seconds - pauses.paused_business_seconds) over (
                partition by pauses.record_type, pauses.record_id
                order by pauses.pause_number
                rows between unbounded preceding and 1 preceding
            ), 0
        ) as active_seconds_before

    from pauses
    inner join runs
        on pauses.record_type = runs.record_type
        and pauses.record_id = runs.record_id

),

-- What is late does not become less late by a pause.
counted_pauses as (

    select * from measured_pauses
    where allowed_seconds is null or active_seconds_before < allowed_seconds

)

select * from counted_pauses
