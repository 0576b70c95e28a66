{#
    Which KPI stands on which page, in this order: (KPI, the department whose own number it is, whether
    the attribution model a reader chooses decides it).
#}
{% macro page_cards() -%}
    {%- set no, yes = false, true -%}
    {{ return({
        'overview': [
            ('collected_revenue', '', no), ('won_deals', '', no), ('leads', '', no),
            ('win_rate_count', '', no), ('ignored_lead_rate', '', no), ('wasted_spend', '', no),
            ('sla_compliance', '', no), ('spend', '', no),
        ],
        'leadership': [
            ('collected_revenue', '', no), ('booked_revenue', '', no), ('won_deals', '', no),
            ('win_rate_count', '', no), ('spend', '', no), ('roas', '', no),
            ('cost_per_won', '', no), ('ignored_lead_rate', '', no),
        ],
        'marketing': [
            ('roas', 'marketing', no), ('collected_revenue', '', yes), ('roas', '', yes),
            ('won_deals', '', yes), ('sqls', '', no), ('mqls', '', no), ('leads', '', no),
            ('spend', '', no), ('wasted_spend', '', no),
        ],
        'channel': [
            ('visits', '', no), ('leads', '', no), ('mqls', '', no), ('sqls', '', no),
            ('won_deals', '', yes), ('collected_revenue', '', yes), ('spend', '', no),
            ('roas', '', yes), ('wasted_spend', '', no),
        ],
        'lead_quality': [
            ('lead_acceptance_rate', '', no), ('feedback_completeness', '', no),
        ],
        'sales': [
            ('sla_compliance', '', no), ('ignored_lead_rate', '', no), ('wasted_spend', '', no),
            ('feedback_completeness', '', no), ('win_rate_count', '', no),
            ('booked_revenue', '', no), ('collected_revenue', '', no),
        ],
        'qa': [
            ('rejection_overturn_rate', '', no), ('reclaimed_revenue', '', no), ('qa_return', '', no),
        ],
    }) }}
{%- endmacro %}
