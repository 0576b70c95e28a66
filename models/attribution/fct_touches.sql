-- One row per touch of a lead, with the page on which it happened.

with

touches as (

    select * from {{ ref('int_attribution__lead_touches') }}
    where {{ has_come(company_date('touched_at')) }}

),

placed_touches as (

    select
        touches.touch_id,
        touches.lead_id,
        touches.session_id,
        touches.touched_at,
        touches.channel_id,
        touches.campaign_id,
        touches.is_direct,
        touches.touch_source,
        case
            when touches.session_id is not null then {{ page_path('sessions.landing_page') }}
            else {{ page_path('touches.landing_page') }}
        end as landing_page

    from touches
    left join {{ ref('stg_files__sessions') }} as sessions
        on touches.session_id = sessions.session_id

)

select * from placed_touches
