-- One row per clock with an agreed time: the last instant at which the answer is in time.

with

business_days as (

    select * from {{ ref('dim_business_days') }}
    where is_business_day

),

pause_sums as (

    select
        record_type,
        record_id,
        sum(resumed_business_seconds - paused_business_seconds) as paused_seconds

    from {{ ref('int_clock__counted_pauses') }} as counted_pauses
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

    from {{ ref('int_clock__runs') }} as runs
    left join pause_sums
        on runs.record_type = pause_sums.record_type
        and runs.record_id = pause_sums.record_id

),

-- Due times and openings on one line: the last opening before a due time is found in one pass.
business_line as (

    select
        cast(null as varchar) as record_type,
        cast(null as varchar) as record_id,
        seconds_before as business_seconds,
        seconds_before as opening_seconds

    from business_days

    union all

    select
        record_type,
        record_id,
        due_business_seconds as business_seconds,
        null as opening_seconds

    from allowances
    where due_business_seconds is not null

),

last_openings as (

    select
        record_type,
        record_id,
        business_seconds as due_business_seconds,
        max(opening_seconds) over (
            order by business_seconds
            range between unbounded preceding and current row
        ) as opening_seconds

    from business_line

),

-- The due time is the last instant at which no more than the allowed business time has passed:
-- where the allowance ends with the day, that is the next opening. So an answer is in time exactly
-- when its business minutes are.
due_times as (

    select
        last_openings.record_type,
        last_openings.record_id,
        {{ dbt.dateadd(
            'second',
            'last_openings.due_business_seconds - last_openings.opening_seconds',
            'business_days.opens_at'
        ) }} as due_at

    from last_openings
    inner join business_days
        on last_openings.opening_seconds = business_days.seconds_before
    where last_openings.record_id is not null

)

select * from due_times
