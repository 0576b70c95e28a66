{%- set unanswered_parts = [] -%}
{%- for part in bant_parts() -%}
    {%- do unanswered_parts.append(
        'case when lacks_' ~ part ~ ' then '
        ~ as_message(message('lead_quality.bant_part', {'part': "'" ~ part ~ "'"})) ~ ' end'
    ) -%}
{%- endfor -%}

-- One row per lead and rule set: what it was worth by the rules of the day it was created.

with

qualification_points as (

    select
        lead_id,
        sum(points) as points

    from {{ ref('fct_lead_score_lines') }}
    where rule_set = 'qualification'
    group by lead_id

),

-- Qualification counts what the points of other sets earn as well.
earned_points as (

    select
        set_points.*,
        cast(
            case
                when set_points.points is null or set_points.rule_set != 'qualification'
                    then set_points.points
                else coalesce(qualification_points.points, 0)
            end as decimal(28, 2)
        ) as all_points

    from {{ ref('int_lead_quality__set_points') }} as set_points
    left join qualification_points
        on set_points.lead_id = qualification_points.lead_id

),

day_bands as (

    select
        day_versions.created_date,
        score_bands.*,
        lead(score_bands.minimum_points) over (
            partition by
                day_versions.created_date,
                day_versions.rule_set,
                -- Personas are chosen by name: none of their bands ends where another begins.
                case when day_versions.rule_set = 'persona' then score_bands.band end
            order by score_bands.minimum_points
        ) as next_minimum_points

    from {{ ref('bridge_day_rule_versions') }} as day_versions
    inner join {{ ref('score_bands') }} as score_bands
        on day_versions.rule_set = score_bands.rule_set
        and {{ is_in_force('score_bands', 'day_versions.created_date') }}
    where day_versions.rule_version is not null

),

-- Of personas the band is the persona; of all others the last one whose minimum is reached.
reached_bands as (

    select
        earned_points.lead_id,
        day_bands.*

    from earned_points
    inner join day_bands
        on earned_points.created_date = day_bands.created_date
        and earned_points.rule_set = day_bands.rule_set
        and earned_points.all_points >= day_bands.minimum_points
        and (
            day_bands.next_minimum_points is null
            or earned_points.all_points < day_bands.next_minimum_points
        )
        and (earned_points.persona is null or earned_points.persona = day_bands.band)

),

scores as (

    select
        earned_points.*,
        reached_bands.band,
        reached_bands.band_label,
        cast(reached_bands.work_order as bigint) as work_order,
        reached_bands.supply_points,
        case
            when earned_points.reason_code is not null then earned_points.reason_code
            when reached_bands.band is null and earned_points.persona is not null
                then 'persona_too_weak'
            when reached_bands.band is null then 'below_bands'
        end as unknown_code

    from earned_points
    left join reached_bands
        on earned_points.lead_id = reached_bands.lead_id
        and earned_points.rule_set = reached_bands.rule_set

)

select
    lead_id,
    rule_set,
    created_date,
    rule_version,
    all_points as points,
    case when unknown_code = 'unanswered' then 'incomplete' else band end as band,
    band_label,
    work_order,
    cast(supply_points as decimal(28, 2)) as supply_points,
    unknown_code as reason_code,
    case
        when unknown_code = 'unanswered'
            then {{ message('lead_quality.unanswered', {'parts': as_list(unanswered_parts)}) }}
        when unknown_code is not null
            then {{ message('lead_quality.unscored', {
                'code': 'unknown_code', 'persona': 'persona', 'points': as_number('all_points')
            }) }}
    end as reason_message

from scores
