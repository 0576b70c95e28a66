-- One row per stay of a lead in nurture: when and how it ended.

with

nurture_moves as (

    select * from {{ ref('int_lead_quality__nurture_moves') }}

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
