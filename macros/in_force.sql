{# Whether a dated rule is in force on a day: from valid_from to before valid_to, null is open. #}
{% macro is_in_force(rule, day) -%}
    (
        {{ day }} >= {{ rule }}.valid_from
        and ({{ rule }}.valid_to is null or {{ day }} < {{ rule }}.valid_to)
    )
{%- endmacro %}
