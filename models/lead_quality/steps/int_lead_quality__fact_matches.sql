-- One row per lead and rule that fits what is known of the lead.

with

facts as (

    select * from {{ ref('int_lead_quality__facts') }}

),

day_rules as (

    select * from {{ ref('int_lead_quality__day_rules') }}

),

fact_matches as (

    select
        facts.lead_id,
        day_rules.created_date,
        day_rules.rule_set,
        day_rules.rule_version,
        day_rules.rule_id,
        day_rules.rule_label,
        day_rules.field,
        facts.field_value,
        day_rules.operator,
        day_rules.rule_value,
        day_rules.points,
        day_rules.outcome

    from facts
    -- Only the rules in force on the lead's day that name the field are looked at.
    inner join day_rules
        on facts.created_date = day_rules.created_date
        and facts.field = day_rules.field
        and (facts.basis is null or facts.basis = day_rules.basis)
    where {{ rule_applies('day_rules', 'facts.field_value') }}

)

select * from fact_matches
