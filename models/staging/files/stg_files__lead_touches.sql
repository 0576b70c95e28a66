-- One row per touch of a lead that the CRM or a form recorded.

with

lead_touches as (

    {{ current_rows('lead_touches') }}

),

leads as (

    select lead_id from {{ ref('stg_files__leads') }}

),

cleaned_lead_touches as (

    select
        {{ clean_text('touch_id') }} as touch_id,
        {{ clean_text('lead_id') }} as lead_id,
        touched_at,
        {{ company_date('touched_at') }} as touched_date,
        {{ clean_tag('landing_page') }} as landing_page,
        {{ clean_tag('referrer') }} as referrer,
        lower({{ clean_tag('utm_source') }}) as utm_source,
        lower({{ clean_tag('utm_medium') }}) as utm_medium,
        {{ clean_tag('utm_campaign') }} as utm_campaign,
        {{ clean_tag('click_id') }} as click_id,
        {{ clean_tag('campaign_id') }} as campaign_id,
        lower(nullif({{ clean_text('channel') }}, '-')) as channel

    from lead_touches

),

-- What names no lead is about nobody; data health counts it.
known_lead_touches as (

    select cleaned_lead_touches.*
    from cleaned_lead_touches
    inner join leads
        on cleaned_lead_touches.lead_id = leads.lead_id

)

select * from known_lead_touches
