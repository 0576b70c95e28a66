-- One row per day on which leads came in and band in force on it: the points it holds for.

with

day_versions as (

    select * from {{ ref('bridge_day_rule_versions') }}

),

score_bands as (

    select * from {{ ref('score_bands') }}

),

day_bands as (

    select
        day_versions.created_date,
        day_versions.rule_set,
        score_bands.band,
        score_bands.band_label,
        cast(score_bands.work_order as bigint) as work_order,
        score_bands.supply_points,
        score_bands.minimum_points,
        lead(score_bands.minimum_points) over (
            partition by
                day_versions.created_date,
                day_versions.rule_set,
                -- Personas are chosen by name: none of their bands ends where another begins.
                case when day_versions.rule_set = 'persona' then score_bands.band end
            order by score_bands.minimum_points
        ) as next_minimum_points

    from day_versions
    inner join score_bands
        on day_versions.rule_set = score_bands.rule_set
        and {{ is_in_force('score_bands', 'day_versions.created_date') }}
    where day_versions.rule_version is not null

)

select * from day_bands
