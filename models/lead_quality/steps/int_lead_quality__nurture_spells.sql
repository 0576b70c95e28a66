-- One row per stay of a lead in nurture: when and how it ended.

with

sorted_events as (

    select
        lead_events.lead_id,
        lead_events.event_id,
        lead_events.event_type,
        lead_events.occurred_at,
        lead_events.person_id,
        lead_events.reason,
        case lead_events.event_type
            when 'recycled' then 'nurture'
            when 'rejected' then 'away'
            when 'junk' then 'away'
            else 'work'
        end as place,
        -- Of steps entered at the same instant the exit is the last.
        {{ lead_step_order('lead_events.event_type') }} as tie_breaker

    from {{ ref('stg_files__lead_events') }} as lead_events
    inner join {{ ref('dim_as_of') }} as as_of
        on lead_events.occurred_at <= as_of.observed_until
    where lead_events.event_type != 'verdict'

),

placed_events as (

    select
        *,
        lag(place) over (
            partition by lead_id order by occurred_at, tie_breaker, event_id
        ) as place_before

    from sorted_events

),

-- A lead that is recycled again while it is in nurture does not begin anew.
nurture_moves as (

    select
        lead_id,
        event_id,
        event_type,
        occurred_at,
        person_id,
        reason,
        place,
        row_number() over (
            partition by lead_id order by occurred_at, tie_breaker, event_id
        ) as move_number

    from placed_events
    where place_before is null or place != place_before

),

spells as (

    select
        entries.lead_id,
        entries.event_id as spell_id,
        row_number() over (
            partition by entries.lead_id order by entries.move_number
        ) as spell_number,
        entries.occurred_at as recycled_at,
        entries.person_id,
        entries.reason,
        exits.occurred_at as ended_at,
        case
            when exits.lead_id is null then 'in_nurture'
            when exits.place = 'work' then 'returned'
            else 'left'
        end as status,
        case when exits.place = 'work' then exits.occurred_at end as returned_at,
        case when exits.place = 'work' then exits.event_type end as returned_as,
        lead(entries.occurred_at) over (
            partition by entries.lead_id order by entries.move_number
        ) as next_recycled_at

    from nurture_moves as entries
    left join nurture_moves as exits
        on entries.lead_id = exits.lead_id
        and entries.move_number + 1 = exits.move_number
    where entries.place = 'nurture'

)

select * from spells
