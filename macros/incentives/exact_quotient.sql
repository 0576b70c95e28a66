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
    cast(
        cast(
            (cast(cast({{ numerator }} as decimal(38, 14)) * 100000000000000 as hugeint) * 10000)
            // nullif(cast(cast({{ denominator }} as decimal(38, 4)) * 10000 as hugeint), 0)
            as decimal(38, 0)
        ) * cast(0.00000000000001 as decimal(14, 14))
        as decimal(38, 14)
    )
{%- endmacro %}
