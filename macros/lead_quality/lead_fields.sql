{# What leads are judged by; each set of rules has versions of its own. #}
{% macro rule_sets() -%}
    {{ return(['icp_fit', 'readiness', 'heat', 'tier', 'persona', 'qualification', 'bant']) }}
{%- endmacro %}

{# Fields every lead has, known when it is created; rules may name them beside the questions. #}
{% macro lead_fields() -%}
    {{ return([
        'channel',
        'campaign_id',
        'landing_page',
        'product_line',
        'country_code',
        'has_company',
        'has_email',
        'email_domain',
        'visits_before',
        'page_views_before',
        'days_since_first_visit',
        'created_hour',
        'created_weekday',
    ]) }}
{%- endmacro %}

{# Points that rules of qualification may name as fields, by the rule set they come from. #}
{% macro score_fields() -%}
    {{ return({
        'icp_fit': 'icp_fit',
        'readiness': 'readiness',
        'heat': 'heat',
        'tier': 'expected_value',
    }) }}
{%- endmacro %}

{# Parts of BANT. #}
{% macro bant_parts() -%}
    {{ return(['budget', 'authority', 'need', 'timeline']) }}
{%- endmacro %}
