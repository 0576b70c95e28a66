-- One row per stream: whether a source delivers it, the days it speaks for, and whether it is
-- behind.

{{ config(materialized='view', meta={'early_cutoff': true}) }}

with

stream_orders as (

    select * from (
        values
        ('ad_spend', 10),
        ('sessions', 20),
        ('visit_counts', 25),
        ('leads', 30),
        ('lead_touches', 35),
        ('lead_events', 40),
        ('activities', 50),
        ('deals', 60),
        ('deal_stage_history', 70),
        ('payments', 80),
        ('lead_answers', 90),
        ('lead_audits', 100),
        ('internal_requests', 110),
        ('clock_pauses', 120),
        ('client_assignments', 130),
        ('complaints', 140),
        ('merges', 150)
    ) as orders (stream, sort_order)

),

streams as (

    select * from {{ ref('stg_jointly__streams') }}

),

as_of as (

    select * from {{ ref('dim_as_of') }}

),

source_limits as (

    select * from {{ ref('source_limits') }}

),

dated_streams as (

    select
        stream,
        is_connected,
        case when is_connected then {{ company_date('first_event_at') }} end as first_event_date,
        case when is_connected then {{ company_date('last_event_at') }} end as last_event_date

    from streams

),

-- A daily feed (spend, visits) speaks only for the days it delivered. In a CRM or ledger a day
-- without a record is a day on which nothing happened, so those speak until the data's last day.
covered_streams as (

    select
        *,
        case when stream in {{ daily_streams() }} then first_event_date end as covered_from,
        case when stream in {{ daily_streams() }} then last_event_date end as covered_until

    from dated_streams

),

named_streams as (

    select
        covered_streams.stream,
        coalesce(stream_orders.sort_order, 999) as sort_order,
        covered_streams.is_connected,
        covered_streams.first_event_date,
        covered_streams.last_event_date,
        covered_streams.covered_from,
        covered_streams.covered_until,
        {{ dbt.datediff('covered_streams.last_event_date', 'as_of.as_of_date', 'day') }}
            as days_behind,
        source_limits.stale_after_days

    from covered_streams
    cross join as_of
    left join stream_orders
        on covered_streams.stream = stream_orders.stream
    left join source_limits
        on covered_streams.stream = source_limits.stream

)

select
    *,
    is_connected and coalesce(days_behind > stale_after_days, false) as is_stale

from named_streams
