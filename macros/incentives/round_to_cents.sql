{#
    amount / divisor rounded once to cents, half away from zero; the divisor is a positive whole
    number. Bonus amounts are carried multiplied by the days of the period: a prorated target
    (10 of 31 days) has no exact decimal: this is the one place where they are divided.

    Half away from zero is floor((2 x |cents| + divisor) / (2 x divisor)) with the sign put back;
    whole and broken part are taken apart so that a wide decimal does not overflow.
#}
{% macro round_to_cents(amount, divisor=1) -%}
    {%- set cents = whole_quotient(
        scaled_floor('abs(' ~ amount ~ ')', 200) ~ ' + ' ~ divisor, whole_product('2', divisor)
    ) -%}
    {{ from_cents(whole_product('sign(' ~ amount ~ ')', cents)) }}
{%- endmacro %}

{#
    The whole cents below amount / divisor, and what is left over in divisors of a cent. Of -0.015
    the cents below are -2 and half a cent is left over: engines divide towards zero instead.
#}
{% macro floored_cents(amount, divisor) -%}
    {{ whole_quotient(
        '(' ~ scaled_floor(amount, 100) ~ ' - ' ~ whole_cents_left_over(amount, divisor) ~ ')',
        divisor
    ) }}
{%- endmacro %}

{% macro whole_cents_left_over(amount, divisor) -%}
    {{ whole_remainder(
        whole_remainder(scaled_floor(amount, 100), divisor) ~ ' + ' ~ divisor, divisor
    ) }}
{%- endmacro %}

{% macro cents_left_over(amount, divisor) -%}
    cast({{ whole_cents_left_over(amount, divisor) }} as decimal(38, 28))
    + {{ scaled_fraction(amount, 100) }} - floor({{ scaled_fraction(amount, 100) }})
{%- endmacro %}

{# floor(amount x factor) as a whole number. #}
{% macro scaled_floor(amount, factor) -%}
    (
        {{ whole_product('floor(' ~ amount ~ ')', factor) }}
        + cast(floor({{ scaled_fraction(amount, factor) }}) as {{ whole_number_type() }})
    )
{%- endmacro %}

{# (amount - floor(amount)) x factor: what stands behind the point, taken apart as above. #}
{% macro scaled_fraction(amount, factor) -%}
    {{ product('(' ~ amount ~ ') - floor(' ~ amount ~ ')', 28, factor, 0) }}
{%- endmacro %}

{# Whole cents of an amount that has no broken cents. #}
{% macro to_cents(amount) -%}
    {{ smallest_units(amount, 2) }}
{%- endmacro %}

{% macro from_cents(cents) -%}
    cast({{ from_smallest_units(cents, 2) }} as decimal(28, 2))
{%- endmacro %}
