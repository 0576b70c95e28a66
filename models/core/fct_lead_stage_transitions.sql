-- One row per stage a lead entered, in order; it left the stage when it entered the next one.

with

leads as (

    select * from {{ ref('stg_files__leads') }}

),

lead_events as (

    select * from {{ ref('stg_files__lead_events') }}

),

day_versions as (

    select * from {{ ref('bridge_day_rule_versions') }}
    where rule_set = 'qualification'

),

-- Every lead starts as an inquiry the moment it is created.
stage_entries as (

    select
        lead_id,
        'inquiry' as stage,
        created_at as entered_at,
        cast(null as varchar) as person_id,
        cast(null as varchar) as reason,
        lead_id || ':inquiry' as transition_id,
        {{ lead_step_order("'inquiry'") }} as tie_breaker

    from leads

    union all

    select
        lead_events.lead_id,
        lead_events.event_type as stage,
        lead_events.occurred_at as entered_at,
        lead_events.person_id,
        lead_events.reason,
        lead_events.event_id as transition_id,
        {{ lead_step_order('lead_events.event_type') }} as tie_breaker

    from lead_events
    where lead_events.event_type not in ('assigned', 'verdict')

),

ordered_entries as (

    select
        transition_id,
        lead_id,
        stage,
        entered_at,
        {{ company_date('entered_at') }} as entered_date,
        lead(entered_at) over (
            partition by lead_id order by entered_at, tie_breaker, transition_id
        ) as exited_at,
        row_number() over (
            partition by lead_id order by entered_at, tie_breaker, transition_id
        ) as transition_number,
        row_number() over (
            partition by lead_id, stage order by entered_at, transition_id
        ) as entry_number,
        person_id,
        reason

    from stage_entries
    where {{ has_come(company_date('entered_at')) }}

),

-- The version of the day the lead was created judges it to its end.
versioned_entries as (

    select
        ordered_entries.*,
        day_versions.rule_version

    from ordered_entries
    left join leads
        on ordered_entries.lead_id = leads.lead_id
    left join day_versions
        on leads.created_date = day_versions.created_date

)

select * from versioned_entries
