-- One row per lead and rule that fits it: where its points come from.

with

fact_matches as (

    select * from {{ ref('int_lead_quality__fact_matches') }}

),

-- Points of other sets are fields of qualification. A lead no rule fits has 0, one without rules
-- none.
scores as (

    select
        leads.lead_id,
        leads.created_date,
        day_versions.rule_set,
        {{ plain_number(
            'case when day_versions.rule_version is not null'
            ~ ' then cast(coalesce(sum(fact_matches.points), 0) as decimal(28, 2)) end'
        ) }} as field_value

    from {{ ref('stg_files__leads') }} as leads
    inner join {{ ref('bridge_day_rule_versions') }} as day_versions
        on leads.created_date = day_versions.created_date
    left join fact_matches
        on leads.lead_id = fact_matches.lead_id
        and day_versions.rule_set = fact_matches.rule_set
    group by
        leads.lead_id, leads.created_date, day_versions.rule_set, day_versions.rule_version

),

rule_matches as (

    select * from fact_matches

    {% for rule_set, field in score_fields().items() %}
    union all

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
        and day_rules.rule_set = 'qualification'
        and day_rules.field = '{{ field }}'
    where
        scores.rule_set = '{{ rule_set }}'
        and {{ rule_applies('day_rules', 'scores.field_value') }}
    {% endfor %}

)

select
    lead_id,
    rule_set,
    rule_version,
    rule_id,
    rule_label,
    field,
    field_value,
    operator,
    rule_value,
    cast(points as decimal(28, 2)) as points,
    outcome

from rule_matches
