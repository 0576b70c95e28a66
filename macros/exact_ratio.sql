{#
    numerator / denominator, truncated at ten decimals, exact: null where the denominator is zero.
    Decimal division in DuckDB gives a double, whose last digits may lift 0.9999999999 to 1. Cutting
    (never rounding up) keeps `ratio >= threshold` true only where it truly is.
    Both sides hold at most ten decimals and eighteen digits before the point.
#}
{% macro exact_ratio(numerator, denominator) -%}
    {{ return(adapter.dispatch('exact_ratio', 'jointly')(numerator, denominator)) }}
{%- endmacro %}

{% macro default__exact_ratio(numerator, denominator) -%}
    cast(({{ numerator }}) / nullif({{ denominator }}, 0) as decimal(28, 10))
{%- endmacro %}

{% macro duckdb__exact_ratio(numerator, denominator) -%}
    cast(
        cast(
            ({{ ten_digit_integer(numerator) }} * 10000000000)
            // nullif({{ ten_digit_integer(denominator) }}, 0)
            as decimal(28, 0)
        ) * cast(0.0000000001 as decimal(10, 10))
        as decimal(28, 10)
    )
{%- endmacro %}

{# A decimal of up to ten places as a whole number of its ten-billionths. #}
{% macro ten_digit_integer(amount) -%}
    cast(cast({{ amount }} as decimal(28, 10)) * cast(10000000000 as decimal(11, 0)) as hugeint)
{%- endmacro %}
