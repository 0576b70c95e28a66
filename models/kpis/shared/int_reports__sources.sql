-- One row per stream: its name, how far it reaches and whether it is behind.

with

source_names as (

    select * from (
        values
        ('ad_spend', 'Ad spend', 10),
        ('sessions', 'Web sessions', 20),
        ('leads', 'Leads', 30),
        ('lead_events', 'Lead events', 40),
        ('activities', 'Activities', 50),
        ('deals', 'Deals', 60),
        ('deal_stage_history', 'Deal stages', 70),
        ('payments', 'Payments', 80),
        ('lead_answers', 'Lead answers', 90),
        ('lead_audits', 'Lead audits', 100),
        ('internal_requests', 'Internal requests', 110),
        ('clock_pauses', 'Timer pauses', 120),
        ('client_assignments', 'Client owners', 130),
        ('complaints', 'Complaints', 140)
    ) as names (stream, source_label, sort_order)

),

streams as (

    select * from {{ ref('int_ops__streams') }}

),

source_limits as (

    select * from {{ ref('source_limits') }}

),

as_of as (

    select * from {{ ref('int_ops__as_of') }}

),

named_sources as (

    select
        streams.stream,
        coalesce(source_names.source_label, streams.stream) as source_label,
        coalesce(source_names.sort_order, 999) as sort_order,
        streams.is_connected,
        streams.first_event_date,
        streams.last_event_date,
        {{ dbt.datediff('streams.last_event_date', 'as_of.as_of_date', 'day') }} as days_behind,  -- noqa: LT05
        source_limits.stale_after_days

    from streams
    cross join as_of
    left join source_names
        on streams.stream = source_names.stream
    left join source_limits
        on streams.stream = source_limits.stream

),

judged_sources as (

    select
        *,
        is_connected and coalesce(days_behind > stale_after_days, false) as is_stale

    from named_sources

)

select * from judged_sources
