-- One row per lead and rule set: its points and the band they reach.

with

set_points as (

    select * from {{ ref('int_lead_quality__set_points') }}

),

day_bands as (

    select * from {{ ref('int_lead_quality__day_bands') }}

),

-- Of personas the band is the persona; of all others the last one whose minimum is reached.
reached_bands as (

    select
        set_points.lead_id,
        day_bands.*

    from set_points
    inner join day_bands
        on set_points.created_date = day_bands.created_date
        and set_points.rule_set = day_bands.rule_set
    where
        set_points.points >= day_bands.minimum_points
        and (
            day_bands.next_minimum_points is null
            or set_points.points < day_bands.next_minimum_points
        )
        and (set_points.persona is null or set_points.persona = day_bands.band)

),

scores as (

    select
        set_points.lead_id,
        set_points.rule_set,
        set_points.created_date,
        set_points.rule_version,
        set_points.points,
        case when set_points.is_incomplete then 'incomplete' else reached_bands.band end as band,
        case when set_points.is_incomplete then 'Incomplete' else reached_bands.band_label end
            as band_label,
        reached_bands.work_order,
        reached_bands.supply_points,
        coalesce(
            set_points.reason,
            case
                when reached_bands.band is null and set_points.persona is not null
                    then 'too few points for the nearest buyer persona, ' || set_points.persona
                when reached_bands.band is null
                    then
                        'no band begins at or below '
                        || {{ plain_number('set_points.points') }}
                        || ' points'
            end
        ) as reason

    from set_points
    left join reached_bands
        on set_points.lead_id = reached_bands.lead_id
        and set_points.rule_set = reached_bands.rule_set

)

select * from scores
