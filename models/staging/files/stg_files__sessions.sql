-- One row per session.

with

sessions as (

    select * from {{ source('files', 'sessions') }}

),

cleaned_sessions as (

    select
        {{ clean_text('session_id') }} as session_id,
        {{ clean_text('visitor_id') }} as visitor_id,
        started_at,
        {{ company_date('started_at') }} as started_date,
        {{ clean_text('landing_page') }} as landing_page,
        {{ clean_text('referrer') }} as referrer,
        lower({{ clean_text('utm_source') }}) as utm_source,
        lower({{ clean_text('utm_medium') }}) as utm_medium,
        {{ clean_text('utm_campaign') }} as utm_campaign,
        {{ clean_text('utm_content') }} as utm_content,
        {{ clean_text('utm_term') }} as utm_term,
        {{ clean_text('click_id') }} as click_id,
        {{ clean_text('campaign_id') }} as campaign_id,
        lower({{ clean_text('channel') }}) as channel,
        page_views,
        _file_id as file_id

    from sessions

)

select * from cleaned_sessions
