-- One row per lead and rule set: the points it earned by the version that judges it.

with

rule_matches as (

    select * from {{ ref('int_lead_quality__rule_matches') }}

),

persona_points as (

    select
        lead_id,
        outcome as persona,
        sum(points) as points

    from rule_matches
    where rule_set = 'persona'
    group by lead_id, outcome

),

-- The persona with the most points, ties by name.
ranked_personas as (

    select
        lead_id,
        persona,
        points,
        row_number() over (
            partition by lead_id order by points desc, persona asc
        ) as persona_number

    from persona_points

),

earned_points as (

    select
        lead_id,
        rule_set,
        cast(null as varchar) as persona,
        sum(points) as points

    from rule_matches
    where rule_set != 'persona'
    group by lead_id, rule_set

    union all

    select
        lead_id,
        'persona' as rule_set,
        persona,
        points

    from ranked_personas
    where persona_number = 1

),

-- A lead no rule fits has 0 points; one that is not judged, or fits no persona, has none.
set_points as (

    select
        leads.lead_id,
        leads.created_date,
        day_versions.rule_set,
        day_versions.rule_version,
        earned_points.persona,
        cast(
            case
                when day_versions.reason is not null or bant_gaps.missing_parts is not null
                    then null
                when day_versions.rule_set = 'persona' then earned_points.points
                else coalesce(earned_points.points, 0)
            end as decimal(28, 2)
        ) as points,
        bant_gaps.missing_parts is not null and day_versions.reason is null as is_incomplete,
        coalesce(
            day_versions.reason,
            'not answered: ' || bant_gaps.missing_parts,
            case
                when day_versions.rule_set = 'persona' and earned_points.persona is null
                    then 'no rule of a buyer persona fits'
            end
        ) as reason

    from {{ ref('stg_files__leads') }} as leads
    inner join {{ ref('bridge_day_rule_versions') }} as day_versions
        on leads.created_date = day_versions.created_date
    left join earned_points
        on leads.lead_id = earned_points.lead_id
        and day_versions.rule_set = earned_points.rule_set
    left join {{ ref('int_lead_quality__bant_gaps') }} as bant_gaps
        on leads.lead_id = bant_gaps.lead_id
        and day_versions.rule_set = bant_gaps.rule_set

)

select * from set_points
