{#
    A limit of the company's rules. A missing one stops the run in int_reports__limits.
#}
{% macro report_limit(limit_name) -%}
    (select {{ limit_name }} from {{ ref('int_reports__limits') }})
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
