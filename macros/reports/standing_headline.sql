{# Scope and period of a headline that stands for the whole company and every period. #}
{% macro standing_headline() -%}
    'company' as scope_type,
    'company' as scope_id,
    'all' as period_type,
    cast(null as date) as period_start,
    cast(null as varchar) as period_label,
    true as is_latest_final
{%- endmacro %}
