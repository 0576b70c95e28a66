{#
    The calendar days from 2010 to 2039, each with the week and month it belongs to and the quarter
    and year of the company: those of the fiscal calendar in force on that day. Where another fiscal
    year begins, the one before is cut short. `fiscal_year` and `fiscal_quarter` are the numbers
    people call them by, and null in a year that is a whole calendar year.
#}
{% macro calendar_days() %}
{%- set year_start = "cast(" ~ dbt.dateadd('month', 'months_later', dbt.date_trunc('year', 'month_earlier')) ~ " as date)" -%}
{%- set quarter_start = "cast(" ~ dbt.dateadd('month', 'months_later', dbt.date_trunc('quarter', 'month_earlier')) ~ " as date)" -%}
{%- set open_end = "cast('9999-12-31' as date)" -%}
select
    date_day,
    week_start,
    month_start,
    quarter_start,
    cast(least({{ dbt.dateadd('month', 3, 'quarter_start') }}, valid_to) as date) as quarter_end,
    year_start,
    cast(least({{ dbt.dateadd('month', 12, 'year_start') }}, valid_to) as date) as year_end,
    -- A fiscal year is called by the year in which it ends.
    case
        when months_later > 0 or {{ dbt.dateadd('month', 12, 'year_start') }} > valid_to
            then cast(extract(year from {{ dbt.dateadd('month', 11, 'year_start') }}) as integer)
    end as fiscal_year,
    case
        when months_later > 0 or {{ dbt.dateadd('month', 12, 'year_start') }} > valid_to
            then cast(extract(quarter from month_earlier) as integer)
    end as fiscal_quarter

from (
    select
        date_day,
        week_start,
        month_start,
        month_earlier,
        months_later,
        valid_to,
        {{ quarter_start }} as quarter_start,
        {{ year_start }} as year_start

    from (
        select
            cast(days.date_day as date) as date_day,
            cast({{ dbt.date_trunc('week', 'days.date_day') }} as date) as week_start,
            cast({{ dbt.date_trunc('month', 'days.date_day') }} as date) as month_start,
            -- The same month of a year that starts in January.
            cast(
                {{ dbt.dateadd('month', '-rules.months_later', dbt.date_trunc('month', 'days.date_day')) }}
                as date
            ) as month_earlier,
            rules.months_later,
            rules.valid_to

        from (
            {{ dbt.date_spine('day', "cast('2010-01-01' as date)", "cast('2040-01-01' as date)") }}
        ) as days
        inner join (
            select
                0 as months_later,
                cast('0001-01-01' as date) as valid_from,
                coalesce(min(valid_from), {{ open_end }}) as valid_to

            from {{ ref('fiscal_calendar') }}

            union all

            select
                fiscal_year_starts - 1 as months_later,
                valid_from,
                coalesce(valid_to, {{ open_end }}) as valid_to

            from {{ ref('fiscal_calendar') }}
        ) as rules
            on cast(days.date_day as date) >= rules.valid_from
            and cast(days.date_day as date) < rules.valid_to
    ) as shifted_days
) as started_days
{% endmacro %}
