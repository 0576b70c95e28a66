-- One row per lead: the order in which to work it, and what the rules of its day say of it, in
-- words.

with

scores as (

    select * from {{ ref('fct_lead_scores') }}

),

{% set labels = [
    ('tier', 'tier'), ('heat', 'heat'), ('icp_fit', 'icp'), ('readiness', 'readiness'),
    ('persona', 'persona'), ('qualification', 'qualification'), ('bant', 'bant'),
] %}

lead_scores as (

    select
        lead_id,
        max(case when rule_set = 'tier' then work_order end) as tier_order,
        max(case when rule_set = 'heat' then work_order end) as heat_order,
        max(case when rule_set = 'tier' then {{ expected_value('points') }} end)
            as expected_amount,
        max(case when rule_set = 'heat' then points end) as heat_points,
        max(case when rule_set = 'icp_fit' then points end) as icp_points,
        max(case when rule_set = 'readiness' then points end) as readiness_points,
        max(case when rule_set = 'bant' then band end) as bant_band,
        {% for rule_set, name in labels %}
        max(case when rule_set = '{{ rule_set }}' then band_label end) as {{ name }}_label,
        max(case when rule_set = '{{ rule_set }}' then reason end) as {{ name }}_reason,
        {% endfor %}
        max(case when rule_set = 'qualification' then rule_version end) as rule_version

    from scores
    group by lead_id

)

select * from lead_scores
