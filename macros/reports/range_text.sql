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
