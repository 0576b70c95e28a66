-- One row per client and period in which one person looked after it.

with

deals as (

    select * from {{ ref('stg_files__deals') }}

),

client_assignments as (

    select * from {{ ref('stg_files__client_assignments') }}

),

as_of as (

    select * from {{ ref('dim_as_of') }}

),

first_hand_overs as (

    select client_id, min(assigned_at) as assigned_at
    from client_assignments
    group by client_id

),

ranked_wins as (

    select
        client_id,
        person_id,
        closed_at,
        row_number() over (partition by client_id order by closed_at, deal_id) as win_number

    from deals
    where status = 'won' and client_id is not null

),

-- Whoever won the client has it until it is handed over for the first time.
entries as (

    select
        ranked_wins.client_id,
        ranked_wins.person_id,
        ranked_wins.closed_at as owned_from,
        'won_deal' as source,
        cast(null as varchar) as reason

    from ranked_wins
    left join first_hand_overs
        on ranked_wins.client_id = first_hand_overs.client_id
    where
        ranked_wins.win_number = 1
        and coalesce(ranked_wins.closed_at < first_hand_overs.assigned_at, true)

    union all

    select
        client_id,
        person_id,
        assigned_at as owned_from,
        'hand_over' as source,
        reason

    from client_assignments

),

ordered_entries as (

    select
        entries.*,
        row_number() over (partition by entries.client_id order by entries.owned_from)
            as entry_number,
        lag(coalesce(entries.person_id, '')) over (
            partition by entries.client_id order by entries.owned_from
        ) as previous_person_id

    from entries
    inner join as_of
        on entries.owned_from <= as_of.observed_until

),

-- A hand-over to the person who already has the client changes nothing.
owner_periods as (

    select
        client_id,
        row_number() over (partition by client_id order by owned_from) as period_number,
        person_id,
        source,
        reason,
        owned_from,
        lead(owned_from) over (partition by client_id order by owned_from) as owned_to

    from ordered_entries
    where entry_number = 1 or coalesce(person_id, '') != previous_person_id

)

select * from owner_periods
