-- One row per event.

with

lead_events as (

    select * from {{ source('files', 'lead_events') }}

),

cleaned_lead_events as (

    select
        {{ clean_text('event_id') }} as event_id,
        {{ clean_text('lead_id') }} as lead_id,
        event_type,
        occurred_at,
        {{ company_date('occurred_at') }} as occurred_date,
        {{ clean_text('person_id') }} as person_id,
        {{ clean_text('reason') }} as reason,
        verdict

    from lead_events

)

select * from cleaned_lead_events
