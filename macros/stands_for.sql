{# The stream a stream stands in for: visits that were only counted, for those that are handed over. #}
{% macro stands_for(stream) -%}
    case {{ stream }} when 'visit_counts' then 'sessions' else {{ stream }} end
{%- endmacro %}
