{#
    Whether the day of a row has come: what is dated after the last day the data speaks for is in no
    fact until then, and data health counts it (fct_future_rows). A row without a day is kept.
#}
{% macro has_come(day) -%}
    coalesce({{ day }} <= (select as_of_date from {{ ref('dim_as_of') }}), true)
{%- endmacro %}
