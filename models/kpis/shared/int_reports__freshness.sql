-- One row: the connected sources that fell behind the last day of data.

with

sources as (

    select * from {{ ref('int_reports__sources') }}

),

stale_sources as (

    select
        stream,
        last_event_date,
        sort_order

    from sources
    where is_stale

),

listed_sources as (

    select
        case
            when count(*) > 0
                then
                    {{ message('freshness.stale', {'sources': as_list_of_rows(
                        as_message(message('freshness.stale_source', {
                            'stream': 'stream', 'day': as_day('last_event_date')
                        })), 'sort_order'
                    )}) }}
        end as stale_sources_message

    from stale_sources

)

select * from listed_sources
