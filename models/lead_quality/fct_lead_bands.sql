{%- set names = {
    'tier': 'tier', 'heat': 'heat', 'icp_fit': 'icp', 'readiness': 'readiness',
    'persona': 'persona', 'qualification': 'qualification', 'bant': 'bant',
} -%}

-- One row per lead: what all sets of rules say of it, side by side.

with

scores as (

    select * from {{ ref('fct_lead_scores') }}

),

lead_bands as (

    select
        lead_id,
        created_date,
        max(case when rule_set = 'tier' then work_order end) as tier_order,
        max(case when rule_set = 'heat' then work_order end) as heat_order,
        -- Rules may take away more than others gave, but no lead is worth less than nothing.
        max(
            case when rule_set = 'tier' then case when points < 0 then 0 else points end end
        ) as expected_amount,
        max(case when rule_set = 'heat' then points end) as heat_points,
        max(case when rule_set = 'icp_fit' then points end) as icp_points,
        max(case when rule_set = 'readiness' then points end) as readiness_points,
        max(case when rule_set = 'tier' then band end) as tier,
        max(case when rule_set = 'persona' then band end) as persona,
        max(case when rule_set = 'bant' then band end) as bant_band,
        {% for rule_set, name in names.items() %}
        max(case when rule_set = '{{ rule_set }}' then band_label end) as {{ name }}_label,
        max(case when rule_set = '{{ rule_set }}' then reason_message end)
            as {{ name }}_reason_message,
        {% endfor %}
        max(case when rule_set = 'qualification' then rule_version end) as rule_version,
        -- Points below every band are not qualified; without rules nobody knows.
        max(
            case
                when rule_set = 'qualification' and rule_version is not null
                    then case when band = 'qualified' then 1 else 0 end
            end
        ) = 1 as is_qualified

    from scores
    group by lead_id, created_date

)

select * from lead_bands
