-- A lead has one row per rule set, with a band or with the reason why it has none.

with

leads as (

    select * from {{ ref('dim_leads') }}

),

scores as (

    select * from {{ ref('fct_lead_scores') }}

)

select
    leads.lead_id,
    count(scores.rule_set) as rule_sets

from leads
left join scores
    on leads.lead_id = scores.lead_id
    and (scores.reason_code is not null or (scores.points is not null and scores.band is not null))
group by leads.lead_id
having count(scores.rule_set) != {{ rule_sets() | length }}
