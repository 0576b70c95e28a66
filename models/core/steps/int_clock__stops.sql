-- One row per clock: where on the scale of business time it stopped, or stands now.

with

runs as (

    select * from {{ ref('int_clock__runs') }}

),

business_days as (

    select * from {{ ref('int_calendar__business_days') }}

),

as_of as (

    select * from {{ ref('int_ops__as_of') }}

),

read_instants as (

    select
        runs.record_type,
        runs.record_id,
        coalesce(runs.stopped_at, as_of.observed_until) as read_at

    from runs
    cross join as_of

),

stops as (

    select
        read_instants.record_type,
        read_instants.record_id,
        {{ business_seconds('read_instants.read_at', 'business_days') }} as read_business_seconds

    from read_instants
    inner join business_days
        on {{ company_date('read_instants.read_at') }} = business_days.date_day

)

select * from stops
