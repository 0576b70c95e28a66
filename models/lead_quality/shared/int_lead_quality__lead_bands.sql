-- One row per lead: what all sets of rules say of it, side by side.

with

scores as (

    select * from {{ ref('int_lead_quality__scores') }}

),

lead_bands as (

    select
        lead_id,
        created_date,
        {% for rule_set in ['icp_fit', 'readiness', 'heat'] %}
        max(case when rule_set = '{{ rule_set }}' then points end) as {{ rule_set }}_points,
        max(case when rule_set = '{{ rule_set }}' then band end) as {{ rule_set }}_band,
        {% endfor %}
        max(case when rule_set = 'tier' then {{ expected_value('points') }} end)
            as expected_value_amount,
        max(case when rule_set = 'tier' then band end) as tier,
        max(case when rule_set = 'tier' then band_label end) as tier_label,
        max(case when rule_set = 'tier' then work_order end) as tier_work_order,
        max(case when rule_set = 'tier' then supply_points end) as supply_points,
        max(case when rule_set = 'tier' then reason end) as tier_reason,
        max(case when rule_set = 'persona' then band end) as persona,
        max(case when rule_set = 'persona' then band_label end) as persona_label,
        max(case when rule_set = 'qualification' then rule_version end)
            as qualification_version,
        max(case when rule_set = 'qualification' and rule_version is null then reason end)
            as unruled_reason,
        -- Points below every band are not qualified; without rules nobody knows.
        max(
            case
                when rule_set = 'qualification' and rule_version is not null
                    then case when band = 'qualified' then 1 else 0 end
            end
        ) = 1 as is_qualified,
        max(case when rule_set = 'bant' then band end) as bant_band

    from scores
    group by lead_id, created_date

)

select * from lead_bands
