-- One row per scope, month or quarter, for the company and its product lines: the few numbers that
-- stand beside the attainments of the three sides.

with

kpi_values as (

    select * from {{ ref('fct_kpi_values') }}
    where
        scope_type in ('company', 'product_line')
        and scope_id != 'unattributed'
        and period_type in ('month', 'quarter')

),

scope_facts as (

    select
        scope_type,
        scope_id,
        period_type,
        period_start,
        {% for kpi in ['leads', 'won_deals', 'booked_revenue', 'collected_revenue', 'spend',
                       'wasted_spend', 'ignored_lead_rate', 'roas'] %}
        max(case when kpi = '{{ kpi }}' then value end) as {{ kpi }},
        {% endfor %}
        max(case when kpi = 'collected_revenue' then target end) as collected_revenue_target,
        max(case when kpi = 'booked_revenue' then target end) as booked_revenue_target

    from kpi_values
    group by scope_type, scope_id, period_type, period_start

)

select * from scope_facts
