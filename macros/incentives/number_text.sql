{#
    Exact numbers as people read them: 1,000.00; 1.10; 0.9345. Trailing zeros go, two decimals stay,
    nothing is rounded, so that the arithmetic in a sentence can be done again by hand.
#}
{% macro number_text(number) -%}
    {{ return(adapter.dispatch('number_text', 'jointly')(number)) }}
{%- endmacro %}

{% macro default__number_text(number) -%}
    regexp_replace(format_number({{ number }}, 14), '0{1,12}$', '')
{%- endmacro %}

{% macro duckdb__number_text(number) -%}
    (
        case when {{ number }} < 0 then '-' else '' end
        || format('{:,}', cast(floor(abs({{ number }})) as bigint))
        || '.'
        || split_part(
            regexp_replace(
                cast(cast(abs({{ number }}) as decimal(38, 14)) as varchar), '0{1,12}$', ''
            ),
            '.', 2
        )
    )
{%- endmacro %}

{# A share as a percentage: 0.02 is 2.00 %. #}
{% macro share_text(share) -%}
    {{ number_text(product(share, 6, '100', 0)) }} || ' %'
{%- endmacro %}
