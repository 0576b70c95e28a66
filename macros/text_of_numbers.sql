{# A ratio as whole per cent for a sentence: 0.814 is "81 %". Cut, so that 99.96 % is never "100 %". #}
{% macro percent_text(ratio) -%}
    cast(cast(floor({{ ratio }} * 100) as bigint) as varchar) || ' %'
{%- endmacro %}

{# An amount of money as whole units for a sentence, thousands apart: 41200.4 is "41,200". #}
{% macro amount_text(amount) -%}
    {{ return(adapter.dispatch('amount_text', 'jointly')(amount)) }}
{%- endmacro %}

{% macro default__amount_text(amount) -%}
    format_number({{ amount }}, 0)
{%- endmacro %}

{% macro duckdb__amount_text(amount) -%}
    format('{:,}', cast(round({{ amount }}, 0) as bigint))
{%- endmacro %}
