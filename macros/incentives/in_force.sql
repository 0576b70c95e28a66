{# Whether a dated rule holds on a day: valid_from counts, valid_to does not, null is open. #}
{% macro in_force(rule, day) -%}
    {{ rule }}.valid_from <= {{ day }}
    and {{ day }} < coalesce({{ rule }}.valid_to, cast('9999-12-31' as date))
{%- endmacro %}
