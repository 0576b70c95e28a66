{#
    The KPIs that are rolled up, by name: each has a model kpi_<name> and a row in the KPI catalogue.
    The test kpi_lists_agree fails when this list, the models and the catalogue differ.
#}
{% macro kpi_models() %}
    {{ return([
        'spend',
        'visits',
        'leads',
        'mqls',
        'sqls',
        'won_deals',
        'booked_revenue',
        'collected_revenue',
        'cost_per_lead',
        'cost_per_won',
        'roas',
        'win_rate_count',
        'ignored_lead_rate',
        'wasted_spend',
        'sla_compliance',
        'feedback_completeness',
        'lead_acceptance_rate',
        'rejection_overturn_rate',
        'reclaimed_revenue',
        'qa_return',
        'first_response_minutes',
        'lead_supply_compliance',
        'request_compliance',
        'lead_capacity_use',
    ]) }}
{% endmacro %}
