-- One row per lead: whose visits are its touches, from when they can have made the lead, and until
-- when they count.

with

leads as (

    select * from {{ ref('stg_files__leads') }}

),

conversions as (

    select * from {{ ref('int_attribution__conversions') }}

),

default_models as (

    select * from {{ ref('attribution_models') }}
    where is_default

),

last_conversions as (

    select
        lead_id,
        max(converted_at) as converted_at

    from conversions
    group by lead_id

),

-- A lead that has not converted yet still gathers touches.
tracked_leads as (

    select
        leads.lead_id,
        leads.visitor_id,
        {{ latest_meant('leads.created_at') }} as created_at,
        last_conversions.converted_at,
        {{ dbt.dateadd('day', '-default_models.lookback_days', 'leads.created_at') }}
            as lookback_from

    from leads
    left join last_conversions
        on leads.lead_id = last_conversions.lead_id
    left join default_models
        on {{ is_in_force('default_models', 'leads.created_date') }}

)

select * from tracked_leads
