{# An attainment as whole per cent: 0.814 is "81 %". Cut, so that 99.96 % is never "100 %". #}
{% macro percent_text(ratio) -%}
    cast(cast(floor({{ product(ratio, 10, '100', 0) }}) as bigint) as varchar) || ' %'
{%- endmacro %}

{# A rate or share as whole per cent, rounded as tables round it: 0.0448 is "4 %", 0.0453 is "5 %". #}
{% macro rate_text(rate) -%}
    cast(cast(round({{ product(rate, 10, '100', 0) }}, 0) as bigint) as varchar) || ' %'
{%- endmacro %}

{# A rate as the cards show it, with one decimal: 0.92956 is "93.0 %". #}
{% macro precise_rate_text(rate) -%}
    cast(cast(round({{ product(rate, 10, '100', 0) }}, 1) as decimal(9, 1)) as varchar) || ' %'
{%- endmacro %}

{# Whether a rate is more than the "0 %" it would be shown as: nothing is no news. #}
{% macro is_worth_telling(rate) -%}
    coalesce(round({{ product(rate, 10, '100', 0) }}, 0) >= 1, false)
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
