-- One row per move of a lead into nurture or out of it: back to marketing and sales, or away.

with

lead_events as (

    select * from {{ ref('stg_files__lead_events') }}

),

as_of as (

    select * from {{ ref('int_ops__as_of') }}

),

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
        case when lead_events.event_type in ('recycled', 'rejected', 'junk') then 1 else 0 end
            as tie_breaker

    from lead_events
    inner join as_of
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

)

select * from nurture_moves
