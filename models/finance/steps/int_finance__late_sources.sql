-- One row per month: the connected sources, and those that have not delivered the month to its end.

with

months as (

    select * from {{ ref('int_finance__months') }}

),

sources as (

    select * from {{ ref('int_reports__sources') }}
    where is_connected

),

-- A source that fell behind later has still delivered the months before.
judged_sources as (

    select
        months.period_start,
        sources.sort_order,
        sources.source_label,
        sources.last_event_date,
        sources.is_stale
        and sources.last_event_date < {{ dbt.dateadd('day', -1, 'months.period_end') }} as is_late

    from months
    cross join sources

),

late_sources as (

    select
        period_start,
        count(*) as source_count,
        count(case when is_late then 1 end) as late_source_count,
        {{ dbt.listagg(
            "case when is_late then source_label || ' (last row ' || "
            ~ day_text('last_event_date') ~ " || ')' end",
            "', '",
            'order by sort_order'
        ) }} as late_sources

    from judged_sources
    group by period_start

)

select * from late_sources
