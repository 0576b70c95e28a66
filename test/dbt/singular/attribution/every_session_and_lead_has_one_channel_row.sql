-- Nothing is lost on the way to a channel: as many rows out as sessions and leads in.

with

counted_rows as (

    select
        'sessions' as stage,
        (select count(*) from {{ ref('stg_files__sessions') }}) as source_count,
        (select count(*) from {{ ref('int_attribution__session_channels') }}) as channel_count

    union all

    select
        'leads' as stage,
        (select count(*) from {{ ref('stg_files__leads') }}) as source_count,
        (select count(*) from {{ ref('fct_lead_channels') }}) as channel_count

)

select * from counted_rows
where source_count != channel_count
