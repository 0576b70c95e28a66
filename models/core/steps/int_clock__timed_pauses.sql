-- One row per pause that stopped a clock in business time, on the scale of business time.

with

clock_pauses as (

    select * from {{ ref('stg_files__clock_pauses') }}

),

pause_terms as (

    select * from {{ ref('pause_terms') }}

),

runs as (

    select * from {{ ref('int_clock__runs') }}

),

business_days as (

    select * from {{ ref('dim_business_days') }}

),

as_of as (

    select * from {{ ref('dim_as_of') }}

),

-- A pause that nobody ends is over after its term: a forgotten one would keep what was promised,
-- and every number it counts in, open for ever. Until then the clock stands still.
ended_pauses as (

    select
        clock_pauses.record_type,
        clock_pauses.record_id,
        clock_pauses.paused_at,
        coalesce(
            clock_pauses.resumed_at,
            {{ dbt.dateadd(
                'day', 'cast(pause_terms.ends_after_days as integer)', 'clock_pauses.paused_at'
            ) }}
        ) as resumed_at

    from clock_pauses
    left join pause_terms
        on clock_pauses.record_type = pause_terms.record_type
        and {{ is_in_force('pause_terms', company_date('clock_pauses.paused_at')) }}

),

observed_pauses as (

    select
        ended_pauses.record_type,
        ended_pauses.record_id,
        ended_pauses.paused_at,
        least(coalesce(ended_pauses.resumed_at, as_of.observed_until), as_of.observed_until)
            as resumed_at

    from ended_pauses
    inner join as_of
        on ended_pauses.paused_at <= as_of.observed_until

),

read_pauses as (

    select
        runs.record_type,
        runs.record_id,
        runs.started_business_seconds,
        {{ business_seconds('observed_pauses.paused_at', 'paused_days') }}
            as paused_business_seconds,
        {{ business_seconds('observed_pauses.resumed_at', 'resumed_days') }}
            as resumed_business_seconds

    from observed_pauses
    inner join runs
        on observed_pauses.record_type = runs.record_type
        and observed_pauses.record_id = runs.record_id
    inner join business_days as paused_days
        on {{ company_date('observed_pauses.paused_at') }} = paused_days.date_day
    inner join business_days as resumed_days
        on {{ company_date('observed_pauses.resumed_at') }} = resumed_days.date_day

),

-- What was paused before the clock started, or outside hours, stops nothing.
timed_pauses as (

    select
        record_type,
        record_id,
        greatest(paused_business_seconds, started_business_seconds) as paused_business_seconds,
        resumed_business_seconds

    from read_pauses
    where resumed_business_seconds > greatest(paused_business_seconds, started_business_seconds)

)

select * from timed_pauses
