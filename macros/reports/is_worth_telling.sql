{# Whether a rate is more than the 0% it would be shown as: nothing is no news. #}
{% macro is_worth_telling(rate) -%}
    coalesce({{ rate }} >= 0.005, false)
{%- endmacro %}
