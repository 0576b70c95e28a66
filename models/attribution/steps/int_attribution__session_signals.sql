-- One row per session: what it tells of the visitor's origin, as channel rules compare it. Every
-- row follows from one raw row and nothing else, so only rows of new files are read again.

{{ config(materialized='incremental', unique_key='session_id', on_schema_change='fail') }}

with

sessions as (

    select * from {{ ref('stg_files__sessions') }}

),

located_sessions as (

    select
        *,
        {{ host_of('referrer') }} as referrer_host,
        {{ host_of('landing_page') }} as landing_host

    from sessions
    {% if is_incremental() %}
    where file_id > (select coalesce(max(file_id), 0) from {{ this }})
    {% endif %}

),

read_signals as (

    select
        session_id,
        visitor_id,
        started_at,
        started_date,
        {{ channel_signals() }},
        file_id

    from located_sessions

)

select * from read_signals
