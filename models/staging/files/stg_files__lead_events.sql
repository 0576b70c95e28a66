-- One row per event.

with

lead_events as (

    {{ current_rows('lead_events') }}

),

leads as (

    select lead_id from {{ ref('stg_files__leads') }}

),

cleaned_lead_events as (

    select
        {{ clean_text('event_id') }} as event_id,
        {{ clean_text('lead_id') }} as lead_id,
        event_type,
        occurred_at,
        {{ company_date('occurred_at') }} as occurred_date,
        {{ clean_id('person_id') }} as person_id,
        {{ clean_text('reason') }} as reason,
        verdict

    from lead_events

),

-- What names no lead is about nobody; data health counts it.
known_lead_events as (

    select cleaned_lead_events.*
    from cleaned_lead_events
    inner join leads
        on cleaned_lead_events.lead_id = leads.lead_id

)

select * from known_lead_events
