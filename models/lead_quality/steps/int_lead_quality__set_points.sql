-- One row per lead and rule set: the points that what is known of the lead earned it. What scores
-- earn in qualification comes on top later.

with

fact_matches as (

    select * from {{ ref('int_lead_quality__fact_matches') }}

),

asked_parts as (

    select distinct bant_part from {{ ref('questions') }}
    where bant_part is not null

),

-- An answer nobody can read is no answer.
answered_parts as (

    select distinct
        lead_id,
        bant_part

    from {{ ref('int_lead_quality__answers') }}
    where latest_number = 1 and answer_value is not null and bant_part is not null

),

bant_gaps as (

    select
        leads.lead_id,
        'bant' as rule_set,
        {% for part in bant_parts() %}
        max(case when asked_parts.bant_part = '{{ part }}' then 1 else 0 end) as lacks_{{ part }},
        {% endfor %}
        count(*) as missing_parts

    from {{ ref('stg_files__leads') }} as leads
    cross join asked_parts
    left join answered_parts
        on leads.lead_id = answered_parts.lead_id
        and asked_parts.bant_part = answered_parts.bant_part
    where answered_parts.lead_id is null
    group by leads.lead_id

),

summed_points as (

    select
        lead_id,
        rule_set,
        case when rule_set = 'persona' then outcome end as persona,
        sum(points) as points

    from fact_matches
    group by lead_id, rule_set, case when rule_set = 'persona' then outcome end

),

-- Of personas the one with the most points counts, ties by name.
ranked_points as (

    select
        *,
        row_number() over (
            partition by lead_id, rule_set order by points desc, persona asc
        ) as points_rank

    from summed_points

),

-- A lead no rule fits has 0 points; one that is not judged, or fits no persona, has none.
set_points as (

    select
        leads.lead_id,
        leads.created_date,
        day_versions.rule_set,
        day_versions.rule_version,
        ranked_points.persona,
        cast(
            case
                when day_versions.rule_version is null or bant_gaps.lead_id is not null then null
                when day_versions.rule_set = 'persona' then ranked_points.points
                else coalesce(ranked_points.points, 0)
            end as decimal(28, 2)
        ) as points,
        case
            when day_versions.rule_version is null then day_versions.reason_code
            when bant_gaps.lead_id is not null then 'unanswered'
            when day_versions.rule_set = 'persona' and ranked_points.persona is null
                then 'no_persona'
        end as reason_code,
        {% for part in bant_parts() %}
        coalesce(bant_gaps.lacks_{{ part }} = 1, false) as lacks_{{ part }}
        {%- if not loop.last %},{% endif %}
        {% endfor %}

    from {{ ref('stg_files__leads') }} as leads
    inner join {{ ref('bridge_day_rule_versions') }} as day_versions
        on leads.created_date = day_versions.created_date
    left join ranked_points
        on leads.lead_id = ranked_points.lead_id
        and day_versions.rule_set = ranked_points.rule_set
        and ranked_points.points_rank = 1
    left join bant_gaps
        on leads.lead_id = bant_gaps.lead_id
        and day_versions.rule_set = bant_gaps.rule_set

)

select * from set_points
