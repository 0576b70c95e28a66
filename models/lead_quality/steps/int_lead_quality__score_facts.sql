-- One row per lead and score that a rule of qualification names: its points as text, null unknown.

with

leads as (

    select * from {{ ref('stg_files__leads') }}

),

day_versions as (

    select * from {{ ref('bridge_day_rule_versions') }}

),

day_rules as (

    select * from {{ ref('int_lead_quality__day_rules') }}

),

fact_matches as (

    select * from {{ ref('int_lead_quality__fact_matches') }}

),

score_fields as (

    {% for rule_set, field in score_fields().items() %}
    select
        '{{ rule_set }}' as rule_set,
        '{{ field }}' as field
    {% if not loop.last %}union all{% endif %}
    {% endfor %}

),

asked_scores as (

    select distinct
        day_rules.created_date,
        score_fields.rule_set,
        score_fields.field

    from day_rules
    inner join score_fields
        on day_rules.field = score_fields.field
    where day_rules.rule_set = 'qualification'

),

summed_points as (

    select
        lead_id,
        rule_set,
        sum(points) as points

    from fact_matches
    group by lead_id, rule_set

),

-- A lead no rule fits has 0 points, one without rules has none.
score_facts as (

    select
        leads.lead_id,
        leads.created_date,
        asked_scores.field,
        case
            when day_versions.rule_version is not null
                then {{ plain_number('coalesce(summed_points.points, 0)') }}
        end as field_value

    from leads
    inner join asked_scores
        on leads.created_date = asked_scores.created_date
    inner join day_versions
        on asked_scores.created_date = day_versions.created_date
        and asked_scores.rule_set = day_versions.rule_set
    left join summed_points
        on leads.lead_id = summed_points.lead_id
        and asked_scores.rule_set = summed_points.rule_set

)

select * from score_facts
