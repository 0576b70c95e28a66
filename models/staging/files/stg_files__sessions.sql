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
        {{ clean_tag('landing_page') }} as landing_page,
        {{ clean_tag('referrer') }} as referrer,
        lower({{ clean_tag('utm_source') }}) as utm_source,
        lower({{ clean_tag('utm_medium') }}) as utm_medium,
        {{ clean_tag('utm_campaign') }} as utm_campaign,
        {{ clean_tag('utm_content') }} as utm_content,
        {{ clean_tag('utm_term') }} as utm_term,
        {{ clean_tag('click_id') }} as click_id,
        {{ clean_tag('campaign_id') }} as campaign_id,
        -- Words for nothing are kept: channel rules tell a direct visit from an unknown one.
        lower(nullif({{ clean_text('channel') }}, '-')) as channel,
        page_views,
        _file_id as file_id

    from sessions

)

select * from cleaned_sessions
