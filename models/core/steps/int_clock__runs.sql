-- One row per lead or request that waits for an answer: when its clock started and how much
-- business time is allowed.

with

assignments as (

    select * from {{ ref('int_handover__assignments') }}

),

request_terms as (

    select * from {{ ref('int_clock__request_terms') }}

),

business_days as (

    select * from {{ ref('dim_business_days') }}

),

started_clocks as (

    select
        'lead' as record_type,
        lead_id as record_id,
        assigned_at as started_at,
        assigned_date as started_date,
        first_response_minutes_allowed as minutes_allowed

    from assignments

    union all

    select
        'request' as record_type,
        request_id as record_id,
        requested_at as started_at,
        requested_date as started_date,
        minutes_allowed

    from request_terms

),

runs as (

    select
        started_clocks.record_type,
        started_clocks.record_id,
        started_clocks.started_at,
        cast({{ whole_product('started_clocks.minutes_allowed', '60') }} as bigint)
            as allowed_seconds,
        {{ business_seconds('started_clocks.started_at', 'business_days') }}
            as started_business_seconds

    from started_clocks
    inner join business_days
        on started_clocks.started_date = business_days.date_day

)

select * from runs
