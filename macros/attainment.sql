{# How far a value came towards its target. Where less is better, twice the target is one half. #}
{% macro attainment(value, target, direction) -%}
    case
        -- Most values have no target, and long division is slow.
        when {{ value }} is null or {{ target }} is null then null
        when {{ direction }} = 'down' then {{ exact_ratio(target, value, 'try_cast') }}
        else {{ exact_ratio(value, target, 'try_cast') }}
    end
{%- endmacro %}
