{# Calendar days from the first day of a month to the end of so many months. #}
{% macro days_in_months(month_start, months) -%}
    {{ dbt.datediff(month_start, dbt.dateadd('month', months, month_start), 'day') }}
{%- endmacro %}
