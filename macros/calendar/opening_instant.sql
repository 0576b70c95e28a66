{# The UTC instant at which the company's wall clock shows a time of day ('09:00') on a day. #}
{% macro opening_instant(day, time_of_day) -%}
    {{ instant_of_company_time(
        "cast(cast(" ~ day ~ " as varchar) || ' ' || " ~ time_of_day ~ " || ':00' as timestamp)"
    ) }}
{%- endmacro %}
