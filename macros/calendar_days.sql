{#
    The calendar days from `first_date` to the day before `end_date` of a relation of one row, each
    with the week, month and quarter it belongs to.
#}
{% macro calendar_days(bounds) %}
select
    cast(days.date_day as date) as date_day,
    cast({{ dbt.date_trunc('week', 'days.date_day') }} as date) as week_start,
    cast({{ dbt.date_trunc('month', 'days.date_day') }} as date) as month_start,
    cast({{ dbt.date_trunc('quarter', 'days.date_day') }} as date) as quarter_start

from (
    {{ dbt.date_spine('day', "cast('2010-01-01' as date)", "cast('2040-01-01' as date)") }}
) as days
inner join {{ bounds }} as bounds
    on cast(days.date_day as date) >= cast(bounds.first_date as date)
    and cast(days.date_day as date) < cast(bounds.end_date as date)
{% endmacro %}
