-- One row per lead and rule of qualification that fits a score of the lead (points of another set).

with

score_fields as (

    {% for rule_set, field in score_fields().items() %}
    select
        '{{ rule_set }}' as rule_set,
        '{{ field }}' as field
    {% if not loop.last %}union all{% endif %}
    {% endfor %}

),

-- A lead no rule fits has 0 points, one without rules has none.
scores as (

    select
        set_points.lead_id,
        set_points.created_date,
        score_fields.field,
        {{ plain_number('set_points.points') }} as field_value

    from {{ ref('int_lead_quality__set_points') }} as set_points
    inner join score_fields
        on set_points.rule_set = score_fields.rule_set

),

score_matches as (

    select
        scores.lead_id,
        day_rules.rule_set,
        day_rules.rule_version,
        day_rules.rule_id,
        day_rules.rule_label,
        day_rules.field,
        scores.field_value,
        day_rules.operator,
        day_rules.rule_value,
        day_rules.points,
        day_rules.outcome

    from scores
    inner join {{ ref('int_lead_quality__day_rules') }} as day_rules
        on scores.created_date = day_rules.created_date
        and scores.field = day_rules.field
    where
        day_rules.rule_set = 'qualification'
        and {{ rule_applies('day_rules', 'scores.field_value') }}

)

select * from score_matches
