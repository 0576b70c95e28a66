{#
    numerator / denominator cut at fourteen decimals, for slopes between tier points: the numerator
    has at most fourteen decimals, the denominator at most four. Null where the denominator is zero.
#}
{% macro exact_quotient(numerator, denominator) -%}
    {{ return(adapter.dispatch('exact_quotient', 'jointly')(numerator, denominator)) }}
{%- endmacro %}

{% macro default__exact_quotient(numerator, denominator) -%}
    cast(({{ numerator }}) / nullif({{ denominator }}, 0) as decimal(38, 14))
{%- endmacro %}

{% macro duckdb__exact_quotient(numerator, denominator) -%}
    {{ from_smallest_units(
        whole_quotient(
            whole_product(smallest_units(numerator, 14), '10000'),
            'nullif(' ~ smallest_units(denominator, 4) ~ ', 0)'
        ),
        14
    ) }}
{%- endmacro %}
