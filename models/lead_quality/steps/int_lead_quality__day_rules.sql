-- One row per day on which leads came in and rule in force on it.

with

day_versions as (

    select * from {{ ref('bridge_day_rule_versions') }}

),

score_rules as (

    select * from {{ ref('score_rules') }}

),

day_rules as (

    select
        day_versions.created_date,
        day_versions.rule_set,
        day_versions.rule_version,
        score_rules.rule_id,
        score_rules.rule_label,
        score_rules.field,
        score_rules.operator,
        lower(score_rules.value) as rule_value,
        {{ exact_number('score_rules.value') }} as rule_number,
        score_rules.points,
        score_rules.outcome,
        -- BANT is asked in the talks that follow; everything else was known from the start.
        case when day_versions.rule_set = 'bant' then 'latest' else 'creation' end as basis

    from day_versions
    inner join score_rules
        on day_versions.rule_set = score_rules.rule_set
        and {{ is_in_force('score_rules', 'day_versions.created_date') }}
    where day_versions.rule_version is not null

)

select * from day_rules
