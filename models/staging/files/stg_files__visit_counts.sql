-- One row per site, day and channel of the web analytics.

with

visit_counts as (

    select * from {{ source('files', 'visit_counts') }}

),

cleaned_visit_counts as (

    select
        {{ clean_text('site') }} as site,
        visit_date,
        -- Words for nothing are kept: channel rules tell a direct visit from an unknown one.
        {{ clean_text('channel') }} as channel,
        visits,
        page_views

    from visit_counts

)

select * from cleaned_visit_counts
