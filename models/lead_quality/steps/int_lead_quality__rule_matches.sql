-- One row per lead and rule that fits it. Qualification comes second, because it may name scores.

{{ config(materialized='view') }}

with

fact_matches as (

    select * from {{ ref('int_lead_quality__fact_matches') }}

),

score_facts as (

    select * from {{ ref('int_lead_quality__score_facts') }}

),

day_rules as (

    select * from {{ ref('int_lead_quality__day_rules') }}

),

score_matches as (

    select
        score_facts.lead_id,
        day_rules.created_date,
        day_rules.rule_set,
        day_rules.rule_version,
        day_rules.rule_id,
        day_rules.rule_label,
        day_rules.field,
        score_facts.field_value,
        day_rules.operator,
        day_rules.rule_value,
        day_rules.points,
        day_rules.outcome

    from score_facts
    inner join day_rules
        on score_facts.created_date = day_rules.created_date
        and score_facts.field = day_rules.field
    where
        day_rules.rule_set = 'qualification'
        and {{ rule_applies('day_rules', 'score_facts.field_value') }}

),

rule_matches as (

    select * from fact_matches

    union all

    select * from score_matches

)

select * from rule_matches
