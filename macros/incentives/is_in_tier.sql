{# Whether a number is in a tier, or in a column of a table: exactly on an edge it is in the upper one. #}
{% macro is_in_tier(tier, number, bounds='tier') -%}
    (
        {{ number }} >= {{ tier }}.{{ bounds }}_from
        and ({{ tier }}.{{ bounds }}_to is null or {{ number }} < {{ tier }}.{{ bounds }}_to)
    )
{%- endmacro %}
