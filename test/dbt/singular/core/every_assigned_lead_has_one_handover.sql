-- Every lead assigned within the data's time is a hand-over, and nothing else is.

with

assigned_leads as (

    select distinct lead_events.lead_id
    from {{ ref('stg_files__lead_events') }} as lead_events
    inner join {{ ref('dim_as_of') }} as as_of
        on lead_events.occurred_at <= as_of.observed_until
    where lead_events.event_type = 'assigned'

)

select
    assigned_leads.lead_id as assigned_lead_id,
    handovers.lead_id as handed_lead_id

from assigned_leads
full outer join {{ ref('fct_lead_handovers') }} as handovers
    on assigned_leads.lead_id = handovers.lead_id
where assigned_leads.lead_id is null or handovers.lead_id is null
