{#
    left x right, exact. Engines give a product of decimals room for hardly more than its factors:
    decimal(28, 2) x decimal(12, 10) is a decimal(28, 12) in DuckDB, in which 1,000,000.00 overflows
    and stops the whole build. Both factors are widened first, so that all 38 digits are there for
    the product; its scale is the sum of the two scales. A scale must hold every decimal of its
    factor. No `*` stands anywhere else (test/integration/models/manifest.test.ts).
#}
{% macro product(left, left_scale, right, right_scale) -%}
    (cast({{ left }} as decimal(38, {{ left_scale }})) * cast({{ right }} as decimal(38, {{ right_scale }})))
{%- endmacro %}

{# left x right of whole numbers: counts, days, cents. #}
{% macro whole_product(left, right) -%}
    (cast({{ left }} as {{ whole_number_type() }}) * cast({{ right }} as {{ whole_number_type() }}))
{%- endmacro %}

{#
    A decimal with at most `scale` decimals as a whole number of its smallest units: its digits
    without the point. A product would need room for the decimals it is about to lose.
#}
{% macro smallest_units(amount, scale) -%}
    cast(replace(cast(cast({{ amount }} as decimal(38, {{ scale }})) as {{ dbt.type_string() }}), '.', '') as {{ whole_number_type() }})
{%- endmacro %}

{# A whole number of smallest units as a decimal again. #}
{% macro from_smallest_units(units, scale) -%}
    {{ product(units, 0, '0.' ~ '0' * (scale - 1) ~ '1', scale) }}
{%- endmacro %}
