{#
    numerator / denominator, truncated at ten decimals, exact: null where the denominator is zero.
    Decimal division in DuckDB gives a double, whose last digits may lift 0.9999999999 to 1. Cutting
    (never rounding up) keeps `ratio >= threshold` true only where it truly is.
    Both sides hold at most ten decimals and twenty-three digits before the point. A quotient above
    10^18 stops the build, or is null with `try_cast`, where whoever asks has a reason for that.
#}
{% macro exact_ratio(numerator, denominator, cast='cast') -%}
    {{ return(adapter.dispatch('exact_ratio', 'jointly')(numerator, denominator, cast)) }}
{%- endmacro %}

{% macro default__exact_ratio(numerator, denominator, cast) -%}
    {{ cast }}(({{ numerator }}) / nullif({{ denominator }}, 0) as decimal(28, 10))
{%- endmacro %}

{# Long division, five decimals at a time: ten at once would leave no room for large money. #}
{% macro duckdb__exact_ratio(numerator, denominator, cast) -%}
    {%- set dividend = whole_product(smallest_units(numerator, 10), '100000') -%}
    {%- set divisor = 'nullif(' ~ smallest_units(denominator, 10) ~ ', 0)' -%}
    {%- set remainder = whole_remainder(dividend, divisor) -%}
    {{ cast }}({{ from_smallest_units(
        whole_product(whole_quotient(dividend, divisor), '100000')
        ~ ' + ' ~ whole_quotient(whole_product(remainder, '100000'), divisor),
        10
    ) }} as decimal(28, 10))
{%- endmacro %}
