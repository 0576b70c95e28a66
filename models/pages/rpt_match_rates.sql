-- One row per link between sources: how many rows find their counterpart, and what the rest costs.

with

links as (

    select * from {{ ref('int_reports__source_links') }}

),

streams as (

    select * from {{ ref('int_ops__streams') }}

),

missing_streams as (

    select
        links.sort_order,
        min(streams.stream) as missing_stream

    from links
    inner join streams
        on '|' || links.streams || '|' like '%|' || streams.stream || '|%'
    where not streams.is_connected
    group by links.sort_order

),

match_rates as (

    select
        links.sort_order,
        links.link_label,
        links.measured_in,
        case when missing_streams.missing_stream is null then links.matched end as matched,
        case when missing_streams.missing_stream is null then links.total end as total,
        case
            when missing_streams.missing_stream is null
                then cast({{ exact_ratio('links.matched', 'links.total') }} as decimal(28, 6))
        end as match_rate,
        coalesce(
            'source not connected: ' || missing_streams.missing_stream, links.meaning
        ) as meaning

    from links
    left join missing_streams
        on links.sort_order = missing_streams.sort_order

)

select * from match_rates
