{# Whole-number arithmetic: `/` gives a double in DuckDB, and doubles have no place in pay. #}
{% macro whole_number_type() -%}
    {{ return(adapter.dispatch('whole_number_type', 'jointly')()) }}
{%- endmacro %}

{% macro default__whole_number_type() -%}decimal(38, 0){%- endmacro %}

{% macro duckdb__whole_number_type() -%}hugeint{%- endmacro %}

{% macro whole_quotient(dividend, divisor) -%}
    {{ return(adapter.dispatch('whole_quotient', 'jointly')(dividend, divisor)) }}
{%- endmacro %}

{% macro default__whole_quotient(dividend, divisor) -%}
    (({{ dividend }}) div ({{ divisor }}))
{%- endmacro %}

{% macro duckdb__whole_quotient(dividend, divisor) -%}
    (({{ dividend }}) // ({{ divisor }}))
{%- endmacro %}

{% macro whole_remainder(dividend, divisor) -%}
    (({{ dividend }}) % ({{ divisor }}))
{%- endmacro %}
