-- One row per clock: the business minutes that passed until it stopped, or have passed so far.

with

runs as (

    select * from {{ ref('int_clock__runs') }}

),

read_instants as (

    select
        runs.record_type,
        runs.record_id,
        coalesce(responses.first_response_at, requests.answered_at, as_of.observed_until)
            as read_at

    from runs
    cross join {{ ref('dim_as_of') }} as as_of
    left join {{ ref('int_handover__responses') }} as responses
        on case when runs.record_type = 'lead' then runs.record_id end = responses.lead_id
    left join {{ ref('int_clock__request_terms') }} as requests
        on case when runs.record_type = 'request' then runs.record_id end = requests.request_id

),

stops as (

    select
        read_instants.record_type,
        read_instants.record_id,
        {{ business_seconds('read_instants.read_at', 'business_days') }} as read_business_seconds

    from read_instants
    inner join {{ ref('dim_business_days') }} as business_days
        on {{ company_date('read_instants.read_at') }} = business_days.date_day

),

-- Of a pause that was still on when the answer came, only the part before it.
paused_times as (

    select
        stops.record_type,
        stops.record_id,
        sum(
            least(counted_pauses.resumed_business_seconds, stops.read_business_seconds)
            - counted_pauses.paused_business_seconds
        ) as paused_seconds

    from stops
    inner join {{ ref('int_clock__counted_pauses') }} as counted_pauses
        on stops.record_type = counted_pauses.record_type
        and stops.record_id = counted_pauses.record_id
        and stops.read_business_seconds > counted_pauses.paused_business_seconds
    group by stops.record_type, stops.record_id

),

measured_clocks as (

    select
        runs.record_type,
        runs.record_id,
        stops.read_business_seconds - runs.started_business_seconds as elapsed_seconds,
        coalesce(paused_times.paused_seconds, 0) as paused_seconds

    from runs
    inner join stops
        on runs.record_type = stops.record_type
        and runs.record_id = stops.record_id
    left join paused_times
        on runs.record_type = paused_times.record_type
        and runs.record_id = paused_times.record_id

),

readings as (

    select
        record_type,
        record_id,
        cast(floor((elapsed_seconds - paused_seconds) / 60.0) as bigint) as business_minutes,
        cast(floor(paused_seconds / 60.0) as bigint) as paused_minutes

    from measured_clocks

)

select * from readings
