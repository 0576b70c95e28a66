-- One row per lead.

with

leads as (

    {{ current_rows('leads') }}

),

cleaned_leads as (

    select
        {{ clean_text('lead_id') }} as lead_id,
        created_at,
        {{ company_date('created_at') }} as created_date,
        {{ clean_id('visitor_id') }} as visitor_id,
        lower(nullif({{ clean_text('channel') }}, '-')) as channel,
        {{ clean_tag('campaign_id') }} as campaign_id,
        {{ clean_tag('landing_page') }} as landing_page,
        lower({{ clean_text('product_line') }}) as product_line_id,
        {{ clean_text('full_name') }} as full_name,
        lower({{ clean_text('email') }}) as email,
        {{ clean_text('company_name') }} as company_name,
        upper({{ clean_text('country_code') }}) as country_code,
        {{ clean_text('record_url') }} as record_url,
        updated_at

    from leads

)

select * from cleaned_leads
