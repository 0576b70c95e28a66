{# Points of a tier as money: rules may take away more than others gave, but no lead is worth less than nothing. #}
{% macro expected_value(points) -%}
    case when {{ points }} < 0 then 0 else {{ points }} end
{%- endmacro %}
