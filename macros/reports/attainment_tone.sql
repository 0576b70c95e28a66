{#
    A limit of the company's rules. A missing one is refused before the first model is built.
#}
{% macro report_limit(limit_name) -%}
    (select limit_value from {{ ref('report_limits') }} where limit_name = '{{ limit_name }}')
{%- endmacro %}

{# How an attainment reads: good from 100 %, bad below the limit, between them to be watched. #}
{% macro attainment_tone(attainment) -%}
    case
        when {{ attainment }} is null then 'neutral'
        when {{ attainment }} >= 1 then 'good'
        when {{ attainment }} >= {{ report_limit('near_target_attainment') }} then 'warn'
        else 'bad'
    end
{%- endmacro %}
