-- One row per lead with a card, set of rules and rule that gave it points.

with

score_lines as (

    select * from {{ ref('fct_lead_score_lines') }}

),

shown_leads as (

    select * from {{ ref('int_reports__shown_leads') }}

),

rule_sets as (

    select * from (
        values
        ('tier', 1),
        ('heat', 2),
        ('icp_fit', 3),
        ('readiness', 4),
        ('persona', 5),
        ('qualification', 6),
        ('bant', 7)
    ) as rule_sets (rule_set, set_order)

)

select
    score_lines.lead_id,
    score_lines.rule_set,
    cast(rule_sets.set_order as integer) as set_order,
    score_lines.rule_id,
    score_lines.rule_label,
    score_lines.points,
    score_lines.outcome

from score_lines
inner join shown_leads
    on score_lines.lead_id = shown_leads.lead_id
inner join rule_sets
    on score_lines.rule_set = rule_sets.rule_set
