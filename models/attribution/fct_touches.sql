-- One row per touch of a lead, with the page on which it happened.

with

touches as (

    select * from {{ ref('int_attribution__lead_touches') }}
    where {{ has_come(company_date('touched_at')) }}

),

-- A touch that only the CRM recorded happened where the lead asked.
placed_touches as (

    select
        touches.*,
        case
            when touches.session_id is not null then {{ page_path('sessions.landing_page') }}
            else {{ page_path('leads.landing_page') }}
        end as landing_page

    from touches
    left join {{ ref('stg_files__sessions') }} as sessions
        on touches.session_id = sessions.session_id
    left join {{ ref('stg_files__leads') }} as leads
        on touches.lead_id = leads.lead_id

)

select * from placed_touches
