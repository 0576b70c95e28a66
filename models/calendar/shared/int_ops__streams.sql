-- One row per stream: whether a source delivers it, and the days it speaks for.

{{ config(materialized='view', meta={'early_cutoff': true}) }}

with

streams as (

    select * from {{ ref('stg_jointly__streams') }}

),

as_of as (

    select * from {{ ref('int_ops__as_of') }}

),

-- A daily feed (spend, sessions) speaks only for the days it delivered. In a CRM or ledger a day
-- without a record is a day on which nothing happened, so those speak until the data's last day.
dated_streams as (

    select
        streams.stream,
        streams.is_connected,
        streams.stream in ('ad_spend', 'sessions') as is_daily_feed,
        case
            when streams.stream = 'ad_spend' then cast(streams.first_event_at as date)
            else {{ company_date('streams.first_event_at') }}
        end as first_event_date,
        case
            when streams.stream = 'ad_spend' then cast(streams.last_event_at as date)
            else {{ company_date('streams.last_event_at') }}
        end as last_event_date,
        as_of.as_of_date

    from streams
    cross join as_of

),

covered_streams as (

    select
        stream,
        is_connected,
        case when is_connected then first_event_date end as first_event_date,
        case when is_connected then last_event_date end as last_event_date,
        case when is_connected and is_daily_feed then first_event_date end as covered_from,
        case when is_connected and is_daily_feed then last_event_date end as covered_until

    from dated_streams

)

select * from covered_streams
