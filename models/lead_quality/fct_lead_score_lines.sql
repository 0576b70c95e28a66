-- One row per lead and rule that fits it: where its points come from.

with

rule_matches as (

    select * from {{ ref('int_lead_quality__fact_matches') }}
    union all
    select * from {{ ref('int_lead_quality__score_matches') }}

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
