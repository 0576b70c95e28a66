-- One row per rejection of a lead, and the last day on which an audit of it is in time.

with

lead_events as (

    select * from {{ ref('stg_files__lead_events') }}

),

quality_terms as (

    select * from {{ ref('quality_terms') }}
    where term = 'audit_after'

),

as_of as (

    select * from {{ ref('dim_as_of') }}

),

rejections as (

    select
        lead_events.event_id as rejection_id,
        lead_events.lead_id,
        lead_events.event_type as exit_kind,
        lead_events.occurred_at as rejected_at,
        lead_events.occurred_date as rejected_date,
        lead_events.person_id as rejected_by_person_id,
        lead_events.reason,
        -- The term of the day of the rejection; the last day of it still counts.
        cast({{ dbt.dateadd('day', 'quality_terms.days', 'lead_events.occurred_date') }} as date)
            as due_date

    from lead_events
    inner join as_of
        on lead_events.occurred_at <= as_of.observed_until
    left join quality_terms
        on {{ is_in_force('quality_terms', 'lead_events.occurred_date') }}
    where lead_events.event_type in ('rejected', 'junk')

)

select * from rejections
