-- One row per lead and visitor it was: the time in which a visit may have made it a lead, and its
-- last conversion. A lead that was no visitor of the website has one row without one.

with

default_models as (

    select * from {{ ref('attribution_models') }}
    where is_default

),

last_conversions as (

    select
        lead_id,
        max(converted_at) as converted_at

    from {{ ref('int_attribution__conversions') }}
    group by lead_id

)

select
    leads.lead_id,
    lead_visitors.visitor_id,
    leads.created_at,
    {{ dbt.dateadd('day', '-default_models.lookback_days', 'leads.created_at') }} as lookback_from,
    {{ latest_meant('leads.created_at') }} as lookback_until,
    -- Null for a lead that has not converted yet.
    last_conversions.converted_at

from {{ ref('stg_files__leads') }} as leads
left join {{ ref('stg_files__lead_visitors') }} as lead_visitors
    on leads.lead_id = lead_visitors.lead_id
left join last_conversions
    on leads.lead_id = last_conversions.lead_id
left join default_models
    on {{ is_in_force('default_models', 'leads.created_date') }}
