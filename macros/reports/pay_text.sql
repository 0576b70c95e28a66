{# Exact money in a sentence or a table: 1391.19 is "1,391.19 EUR". #}
{% macro pay_text(amount, currency_code) -%}
    {{ number_text(amount) }} || ' ' || {{ currency_code }}
{%- endmacro %}

{# A ratio as per cent, cut at two decimals so that 0.999999 is never "100.00 %". #}
{% macro exact_percent_text(ratio) -%}
    {{ number_text(product('floor(' ~ product(ratio, 10, '10000', 0) ~ ')', 0, '0.01', 2)) }} || ' %'
{%- endmacro %}

{# A factor written in a sentence as per cent, with every digit: "1.01010101" is "101.010101 %". #}
{% macro factor_percent_text(factor) -%}
    replace({{ number_text(product(factor, 10, '100', 0)) }}, '.00', '') || ' %'
{%- endmacro %}

{# A factor written in a sentence, as per cent where it is one. #}
{% macro told_factor(factor, is_percent) -%}
    case when {{ is_percent }} then {{ factor_percent_text(factor) }} else {{ factor }} end
{%- endmacro %}

{# A department as people read it. #}
{% macro department_label(department_id) -%}
    upper(substring({{ department_id }}, 1, 1)) || substring({{ department_id }}, 2)
{%- endmacro %}

{# The days of a rule: "since 1 Jul 2025", "1 Jul 2023 to 30 Jun 2025". #}
{% macro validity_text(valid_from, valid_to) -%}
    case
        when {{ valid_to }} is null then 'since ' || {{ day_text(valid_from) }}
        else
            {{ day_text(valid_from) }} || ' to ' || {{ day_text(dbt.dateadd('day', -1, valid_to)) }}
    end
{%- endmacro %}

{#
    A bound of a rule: attainments and per cents as "80 %", anything else as a number. `unit` is the
    unit of the KPI in the catalogue.
#}
{% macro bound_text(bound, measure, unit) -%}
    case
        when {{ measure }} = 'attainment' or {{ unit }} = 'percent'
            then replace({{ share_text(bound) }}, '.00 %', ' %')
        else {{ number_text(bound) }}
    end
{%- endmacro %}

{# Whose KPI a rule looks at: "the company", "sales", "the payee". #}
{% macro rule_scope_text(rule) -%}
    case
        when {{ rule }}.scope_id = 'payee' then 'the payee'
        when {{ rule }}.scope_type = 'company' then 'the company'
        else {{ rule }}.scope_id
    end
{%- endmacro %}

{# The KPI of a statement to the last digit: money and counts as they are, shares as per cent. #}
{% macro exact_kpi_text(value, unit) -%}
    case {{ unit }}
        when 'percent' then {{ exact_percent_text(value) }}
        when 'count' then regexp_replace({{ number_text(value) }}, '[.]00$', '')
        else {{ number_text(value) }}
    end
{%- endmacro %}

{# A ratio for a card, cut at two decimals of a per cent. #}
{% macro shown_percent(ratio) -%}
    cast({{ product('floor(' ~ product(ratio, 10, '10000', 0) ~ ')', 0, '0.0001', 4) }} as decimal(28, 4))
{%- endmacro %}

{# A factor in a table, cut at four decimals; the line's sentence has all of them. #}
{% macro shown_factor(factor) -%}
    {{ number_text(product('floor(' ~ product(factor, 14, '10000', 0) ~ ')', 0, '0.0001', 4)) }}
{%- endmacro %}

{# A KPI with its owner: "Booked revenue of the payee"; a name that says so already stays as it is. #}
{% macro owned_kpi_text(rule, kpi) -%}
    coalesce(replace({{ kpi }}.kpi_label, ' (' || {{ rule }}.scope_id || ')', ''), {{ rule }}.kpi)
    || ' of ' || {{ rule_scope_text(rule) }}
{%- endmacro %}

{# "1 person", "8 people". #}
{% macro counted_text(number, one, many) -%}
    cast({{ number }} as varchar) || case when {{ number }} = 1 then ' {{ one }}' else ' {{ many }}' end
{%- endmacro %}
