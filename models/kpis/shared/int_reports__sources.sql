-- One row per stream: its name for people, how far it reaches and what is lost without it.

with

source_names as (

    select * from (
        values
        ('ad_spend', 'Ad spend', 10, 'Export of campaign cost by day from each ad platform'),
        ('sessions', 'Web sessions', 20, 'Export of visits from the web analytics'),
        ('leads', 'Leads', 30, 'Export of leads from the CRM'),
        ('lead_events', 'Lead events', 40, 'Export of the leads'' stages, owners and verdicts'),
        ('activities', 'Activities', 50, 'Export of calls, e-mails and meetings from the CRM'),
        ('deals', 'Deals', 60, 'Export of deals from the CRM'),
        ('deal_stage_history', 'Deal stages', 70, 'Export of the deals'' stage changes'),
        ('payments', 'Payments', 80, 'Export of payments and refunds from the accounts'),
        ('lead_answers', 'Lead answers', 90, 'Export of what leads answered in forms and talks'),
        ('lead_audits', 'Lead audits', 100, 'List of rejected leads an analyst looked at again'),
        ('internal_requests', 'Internal requests', 110, 'List of what the departments asked for'),
        ('clock_pauses', 'Clock pauses', 120, 'List of times an agreed clock stood still, and why'),
        ('client_assignments', 'Client owners', 130, 'Export of who looks after a client, by date'),
        ('complaints', 'Complaints', 140, 'Export of complaints and reviews')
    ) as names (stream, source_label, sort_order, what_to_export)

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
        source_names.what_to_export,
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
