-- One row per unbroken pause that moves a due time: one that began while the clock still had time
-- left. Pauses that overlap or touch are one, so that no minute is left out twice.

with

timed_pauses as (

    select * from {{ ref('int_clock__timed_pauses') }}

),

compared_pauses as (

    select
        *,
        max(resumed_business_seconds) over (
            partition by record_type, record_id
            order by paused_business_seconds, resumed_business_seconds
            rows between unbounded preceding and 1 preceding
        ) as paused_until

    from timed_pauses

),

numbered_pauses as (

    select
        *,
        sum(case when paused_business_seconds <= paused_until then 0 else 1 end) over (
            partition by record_type, record_id
            order by paused_business_seconds, resumed_business_seconds
            rows between unbounded preceding and current row
        ) as pause_number

    from compared_pauses

),

merged_pauses as (

    select
        record_type,
        record_id,
        cast(pause_number as bigint) as pause_number,
        min(paused_business_seconds) as paused_business_seconds,
        max(resumed_business_seconds) as resumed_business_seconds

    from numbered_pauses
    group by record_type, record_id, pause_number

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

    from merged_pauses as pauses
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
