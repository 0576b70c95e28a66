{# Money in whole units: "541,720 EUR". Without a currency, the company's. #}
{% macro as_money(amount, currency_code='null') -%}
    {{ return(json_value({'money': as_text(amount), 'currency': currency_code})) }}
{%- endmacro %}

{# Money to its minor unit: "1,391.19 EUR". #}
{% macro as_exact_money(amount, currency_code='null') -%}
    {{ return(json_value({'exact_money': as_text(amount), 'currency': currency_code})) }}
{%- endmacro %}

{# A share or rate: 0.542 is "54.2%". #}
{% macro as_percent(ratio, decimals=1) -%}
    {{ return(json_value({'percent': as_text(ratio), 'decimals': decimals})) }}
{%- endmacro %}

{# Value over target: 0.8149 is "81%"; a miss is never "100%". #}
{% macro as_attainment(attainment) -%}
    {{ return(json_value({'attainment': as_text(attainment)})) }}
{%- endmacro %}

{# A number that has no plural: 1.10 is "1.1". #}
{% macro as_number(number, decimals=2) -%}
    {{ return(json_value({'number': as_text(number), 'decimals': decimals})) }}
{%- endmacro %}

{# The value of a KPI by its unit in the catalogue, beside its target as exactly as a miss asks for. #}
{% macro as_kpi(value, unit, target='null', attainment='null') -%}
    {{ return(json_value({
        'kpi': as_text(value), 'unit': unit, 'target': as_text(target), 'attainment': as_text(attainment)
    })) }}
{%- endmacro %}

{# "30 Jun 2026" #}
{% macro as_day(day) -%}
    {{ return(json_value({'day': as_text(day)})) }}
{%- endmacro %}

{# A UTC instant by the company's wall clock: "22 Nov 2026, 00:57". #}
{% macro as_time(instant) -%}
    {{ return(json_value({'time': as_text(company_time(instant))})) }}
{%- endmacro %}

{# The days of a rule: "since 1 Jul 2025", "1 Jul 2023 to 30 Jun 2025"; `valid_to` is the first day after. #}
{% macro as_validity(valid_from, valid_to) -%}
    {{ return(json_value({
        'from': as_text(valid_from), 'to': as_text('cast(' ~ dbt.dateadd('day', -1, valid_to) ~ ' as date)')
    })) }}
{%- endmacro %}

{# "Q2 2026", "Jun 2026", "the last 12 months" #}
{% macro as_period(period_type, period_start) -%}
    {{ return(json_value({'period': period_type, 'start': as_text(period_start)})) }}
{%- endmacro %}

{# A message inside another one. #}
{% macro as_message(message) -%}
    {{ return(json_value({'message': message})) }}
{%- endmacro %}

{# Several values as one: "budget, need and timeline"; those that are null are left out. #}
{% macro as_list(values) -%}
    {{ return(json_value({'list': json_list(values)})) }}
{%- endmacro %}

{% macro as_text(value) -%}
    {{ return('cast(' ~ value ~ ' as ' ~ dbt.type_string() ~ ')') }}
{%- endmacro %}

{# Over the rows of a group: "Leads, deals and payments". `value` is text or one of the macros above. #}
{% macro as_list_of_rows(value, order_by) -%}
    {{ return(adapter.dispatch('as_list_of_rows', 'jointly')(value, order_by)) }}
{%- endmacro %}

{% macro default__as_list_of_rows(value, order_by) -%}
    {{ return(json_value({'list': 'collect_list(' ~ value ~ ')'})) }}
{%- endmacro %}

{% macro duckdb__as_list_of_rows(value, order_by) -%}
    {{ return(json_value({'list': 'list(' ~ value ~ ' order by ' ~ order_by ~ ')'})) }}
{%- endmacro %}

{#
    A change by the unit of what changed: a share by points ("+5.0 pts"), a ratio by itself ("-0.50"),
    an amount or count by per cent of what it was ("+14.0%").
#}
{% macro as_change(value, before, unit) -%}
    {%- set difference = value ~ ' - ' ~ before -%}
    {%- if unit not in ["'percent'", "'ratio'"] -%}
        {%- set difference -%}
            case
                when {{ value }} = {{ before }} then 0
                when {{ unit }} in ('percent', 'ratio') then {{ difference }}
                when {{ before }} > 0 then {{ exact_ratio(difference, before) }}
            end
        {%- endset -%}
    {%- endif -%}
    {{ return(json_value({'change': as_text(difference), 'unit': unit})) }}
{%- endmacro %}

{# Ids in one text ("company|channel") by their names: `key` takes each as `id`. #}
{% macro as_codes(ids, key) -%}
    {{ return(json_value({'codes': ids, 'names': "'" ~ key ~ "'"})) }}
{%- endmacro %}
