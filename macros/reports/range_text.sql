{# How a sentence begins: "In 2026 Q2, ", "In the last 12 months, ". #}
{% macro range_phrase(range_type, range_label) -%}
    case
        when {{ range_type }} = 'last_12_months' then 'In the last 12 months '
        else 'In ' || {{ range_label }} || ' '
    end
{%- endmacro %}

{# An amount of the company's money in a sentence: "3,153 EUR". #}
{% macro money_text(amount) -%}
    {{ amount_text(amount) }} || ' {{ var("company_currency") }}'
{%- endmacro %}

{# A small count in a sentence: "none", "3". #}
{% macro count_text(amount) -%}
    case when {{ amount }} = 0 then 'none' else cast({{ amount }} as varchar) end
{%- endmacro %}
