{%- set days_before_load = dbt.datediff(
    'sources.last_event_date', company_time('numbered_loads.finished_at'), 'day'
) -%}
{%- set as_of_day = "cast(nullif('" ~ var('as_of_date') ~ "', '') as date)" -%}

-- One row per source: connected or not, how far it reaches, what its last load did, what hangs on
-- it.

with

sources as (

    select * from {{ ref('int_reports__sources') }}

),

streams as (

    select * from {{ ref('stg_jointly__streams') }}

),

loads as (

    select * from {{ ref('stg_jointly__loads') }}

),

rejects as (

    select * from {{ ref('stg_jointly__rejects') }}

),

catalogue as (

    select * from {{ ref('int_kpi__catalogue') }}

),

future_rows as (

    select * from {{ ref('int_ops__future_rows') }}

),

numbered_loads as (

    select
        *,
        row_number() over (partition by stream order by finished_at desc, load_id asc) as recency

    from loads

),

rejected_rows as (

    select
        stream,
        count(*) as rejected_row_count

    from (select distinct stream, input_name, file_name, row_number_in_file from rejects) as broken
    group by stream

),

dependent_kpis as (

    select
        sources.stream,
        {{ dbt.listagg('catalogue.kpi_label', "', '", 'order by catalogue.kpi_label') }} as kpis

    from sources
    inner join catalogue
        on '|' || catalogue.required_streams || '|' like '%|' || sources.stream || '|%'
    group by sources.stream

),

described_sources as (

    select
        sources.stream,
        sources.source_label,
        sources.sort_order,
        sources.is_connected,
        sources.is_stale,
        -- The load knows the day, which the data do not: a source may keep up with the others and
        -- end long before it was loaded.
        {{ days_before_load }} as days_before_load,  -- noqa: LT05
        sources.is_connected
        and coalesce({{ days_before_load }} > sources.stale_after_days, false)  -- noqa: LT05
            as is_old_at_load,
        streams.row_count,
        sources.first_event_date,
        sources.last_event_date,
        sources.days_behind,
        {{ instant_text('numbered_loads.finished_at') }} as loaded_at_text,
        numbered_loads.file_count,
        numbered_loads.read_row_count,
        numbered_loads.inserted_row_count,
        numbered_loads.updated_row_count,
        numbered_loads.unchanged_row_count,
        numbered_loads.duplicate_row_count + numbered_loads.superseded_row_count
            as superseded_row_count,
        coalesce(rejected_rows.rejected_row_count, 0) as rejected_row_count,
        cast(coalesce(future_rows.future_row_count, 0) as bigint) as future_row_count,
        coalesce(dependent_kpis.kpis, 'none') as dependent_kpis,
        sources.what_to_export || '; add an input with stream: ''' || sources.stream
        || ''' to the company''s config and run the pipeline again' as how_to_connect

    from sources
    inner join streams
        on sources.stream = streams.stream
    left join numbered_loads
        on sources.stream = numbered_loads.stream
        and numbered_loads.recency = 1
    left join rejected_rows
        on sources.stream = rejected_rows.stream
    left join future_rows
        on sources.stream = future_rows.stream
    left join dependent_kpis
        on sources.stream = dependent_kpis.stream

)

select
    *,
    case
        when not is_connected then 'Not connected'
        when row_count = 0 and last_event_date is null then 'No rows'
        when is_stale then 'Behind by ' || cast(days_behind as varchar) || ' days'
        -- A config that names the day the data speak for stands on exports of a fixed time.
        when is_old_at_load and '{{ var("as_of_date") }}' != ''
            then 'Fixed at ' || {{ day_text(as_of_day) }}  -- noqa: LT05
        when is_old_at_load
            then 'Ends ' || cast(days_before_load as varchar) || ' days before the load'
        else 'Up to date'
    end as status,
    case
        when is_stale then 'warn'
        when is_old_at_load and '{{ var("as_of_date") }}' != '' then 'neutral'  -- noqa: LT05
        when is_old_at_load then 'warn'
        when is_connected then 'good'
        else 'neutral'
    end as tone

from described_sources
