{# A text from outside as a literal: whatever it holds, it stays text. #}
{% macro sql_text(value) -%}
    {{ return(adapter.dispatch('sql_text')(value)) }}
{%- endmacro %}

{% macro default__sql_text(value) -%}
    '{{ value | replace("'", "''") }}'
{%- endmacro %}

{% macro spark__sql_text(value) -%}
    '{{ value | replace("\\", "\\\\") | replace("'", "\\'") }}'
{%- endmacro %}
