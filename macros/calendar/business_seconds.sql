{#
    Seconds of business time from the start of the calendar to an instant. The difference of two
    such readings is the business time between them, without a row per minute.
    instant: UTC; day: the row of dim_business_days for the company's day of that instant.
#}
{% macro business_seconds(instant, day) -%}
    (
        {{ day }}.seconds_before
        + case
            when not {{ day }}.is_business_day or {{ instant }} <= {{ day }}.opens_at then 0
            when {{ instant }} >= {{ day }}.closes_at then {{ day }}.business_seconds
            else {{ dbt.datediff(day ~ '.opens_at', instant, 'second') }}
        end
    )
{%- endmacro %}
