{# Whether a rate is more than the "0 %" it would be shown as: nothing is no news. #}
{% macro is_worth_telling(rate) -%}
    coalesce(round({{ product(rate, 10, '100', 0) }}, 0) >= 1, false)
{%- endmacro %}
