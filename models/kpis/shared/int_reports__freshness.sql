-- One row: the connected sources that fell behind the last day the data speaks for, in words.

with

sources as (

    select * from {{ ref('int_reports__sources') }}

),

stale_sources as (

    select
        source_label || ' (last row ' || {{ day_text('last_event_date') }} || ')' as stale_source,
        sort_order

    from sources
    where is_stale

),

listed_sources as (

    select
        {{ dbt.listagg('stale_source', "', '", 'order by sort_order') }} as stale_sources

    from stale_sources

)

select * from listed_sources
