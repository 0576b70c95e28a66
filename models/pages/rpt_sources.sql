-- One row per source: connected or not, how far it reaches, what its last load did, and which KPIs
-- need it.

with

sources as (

    select * from {{ ref('dim_streams') }}

),

future_rows as (

    select * from {{ ref('fct_future_rows') }}

),

catalogue as (

    select * from {{ ref('dim_kpis') }}

),

latest_loads as (

    select
        stream,
        {{ company_time('finished_at') }} as loaded_at,
        duplicate_row_count + superseded_row_count as superseded_row_count,
        row_number() over (partition by stream order by finished_at desc, load_id asc) as recency

    from {{ ref('stg_jointly__loads') }}

),

rejected_rows as (

    select
        stream,
        count(distinct input_name || '|' || file_name || '|' || row_number_in_file)
            as rejected_row_count

    from {{ ref('stg_jointly__rejects') }}
    group by stream

),

dependent_kpis as (

    select
        sources.stream,
        {{ dbt.listagg('catalogue.kpi_label', "', '", 'order by catalogue.kpi_label') }} as kpis

    from sources
    inner join catalogue
        on '|' || catalogue.required_streams || '|'
        like '%|' || {{ stands_for('sources.stream') }} || '|%'
    group by sources.stream

),

dated_sources as (

    select
        sources.*,
        streams.row_count,
        latest_loads.loaded_at,
        latest_loads.superseded_row_count,
        coalesce(originals.is_connected, false) as is_stood_for,
        -- The load knows the day, which the data do not: a source may keep up with the others and
        -- end long before it was loaded.
        {{ dbt.datediff('sources.last_event_date', 'latest_loads.loaded_at', 'day') }}
            as days_before_load

    from sources
    inner join {{ ref('stg_jointly__streams') }} as streams
        on sources.stream = streams.stream
    left join latest_loads
        on sources.stream = latest_loads.stream
        and latest_loads.recency = 1
    left join sources as originals
        on {{ stands_for('sources.stream') }} = originals.stream
        and sources.stream != originals.stream

),

judged_sources as (

    select
        *,
        case
            -- Counted visits stand in for visits; where those are handed over, nobody lacks counts.
            when not is_connected and is_stood_for then 'not_needed'
            when not is_connected then 'not_connected'
            when row_count = 0 and last_event_date is null then 'no_rows'
            when is_stale then 'behind'
            when not coalesce(days_before_load > stale_after_days, false) then 'current'
            -- A config that names the day the data speak for stands on exports of a fixed time.
            else '{{ "ended" if var("as_of_date") == "" else "fixed" }}'
        end as status_code

    from dated_sources

)

select
    judged_sources.stream,
    {{ message('data_health.source', {'stream': 'judged_sources.stream'}) }}
        as source_label_message,
    judged_sources.sort_order,
    judged_sources.is_connected,
    judged_sources.status_code,
    {{ message('data_health.status', {
        'status': 'judged_sources.status_code',
        'days': "case judged_sources.status_code when 'behind' then judged_sources.days_behind
            else judged_sources.days_before_load end",
        'day': as_day("'" ~ var("as_of_date") ~ "'") if var("as_of_date") else "''",
    }) }} as status_message,
    case
        when judged_sources.status_code in ('behind', 'ended') then 'warn'
        when judged_sources.status_code = 'current' then 'good'
        else 'neutral'
    end as tone,
    judged_sources.row_count,
    judged_sources.first_event_date,
    judged_sources.last_event_date,
    judged_sources.days_before_load,
    judged_sources.loaded_at,
    judged_sources.superseded_row_count,
    coalesce(rejected_rows.rejected_row_count, 0) as rejected_row_count,
    cast(coalesce(removed_rows.row_count, 0) as bigint) as removed_row_count,
    cast(coalesce(future_rows.future_row_count, 0) as bigint) as future_row_count,
    dependent_kpis.kpis as dependent_kpis,
    {{ message('data_health.how_to_connect', {'stream': 'judged_sources.stream'}) }}
        as how_to_connect_message

from judged_sources
left join rejected_rows
    on judged_sources.stream = rejected_rows.stream
left join {{ ref('stg_files__removed_rows') }} as removed_rows
    on judged_sources.stream = removed_rows.stream
left join future_rows
    on judged_sources.stream = future_rows.stream
left join dependent_kpis
    on judged_sources.stream = dependent_kpis.stream
