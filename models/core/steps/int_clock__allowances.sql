-- One row per clock: where on the scale of business time its allowance is used up.

with

runs as (

    select * from {{ ref('int_clock__runs') }}

),

counted_pauses as (

    select * from {{ ref('int_clock__counted_pauses') }}

),

pause_sums as (

    select
        record_type,
        record_id,
        sum(resumed_business_seconds - paused_business_seconds) as paused_seconds

    from counted_pauses
    group by record_type, record_id

),

allowances as (

    select
        runs.record_type,
        runs.record_id,
        cast(
            runs.started_business_seconds
            + runs.allowed_seconds
            + coalesce(pause_sums.paused_seconds, 0) as bigint
        ) as due_business_seconds

    from runs
    left join pause_sums
        on runs.record_type = pause_sums.record_type
        and runs.record_id = pause_sums.record_id

)

select * from allowances
