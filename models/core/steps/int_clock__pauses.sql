-- One row per unbroken pause of a clock, on the scale of business time: pauses that overlap or
-- touch are one.

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

)

select * from merged_pauses
