-- One row per source: connected or not, how far it reaches, what its last load did, what hangs on
-- it.

with

sources as (

    select * from {{ ref('int_reports__sources') }}

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
        case
            when not sources.is_connected then 'Not connected'
            when sources.row_count = 0 and sources.last_event_date is null then 'No rows'
            when sources.is_stale
                then 'Behind by ' || cast(sources.days_behind as varchar) || ' days'
            else 'Up to date'
        end as status,
        sources.row_count,
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
        coalesce(dependent_kpis.kpis, 'none') as dependent_kpis,
        sources.what_to_export || '; add an input with stream: ''' || sources.stream
        || ''' to the company''s config and run the pipeline again' as how_to_connect

    from sources
    left join numbered_loads
        on sources.stream = numbered_loads.stream
        and numbered_loads.recency = 1
    left join rejected_rows
        on sources.stream = rejected_rows.stream
    left join dependent_kpis
        on sources.stream = dependent_kpis.stream

)

select * from described_sources
