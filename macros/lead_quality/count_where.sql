{# How many rows fulfil a condition. #}
{% macro count_where(condition) -%}
    cast(count(case when {{ condition }} then 1 end) as bigint)
{%- endmacro %}

{# How many judged leads fulfil a condition; null, not zero, where none is judged yet. #}
{% macro count_judged(condition) -%}
    cast(
        sum(case when is_judged then case when {{ condition }} then 1 else 0 end end) as bigint
    )
{%- endmacro %}
