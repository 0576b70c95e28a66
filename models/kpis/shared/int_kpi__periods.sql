-- One row per week, month and quarter that has begun by the last day the data speaks for. It is
-- over when the data speaks for its very end: a last event at noon leaves the day open.

with

dates as (

    select * from {{ ref('dim_dates') }}

),

as_of as (

    select * from {{ ref('int_ops__as_of') }}

),

periods as (

    {% for period in ['week', 'month', 'quarter'] %}
    select distinct
        '{{ period }}' as period_type,
        dates.{{ period }}_start as period_start,
        cast({{ dbt.dateadd(
            'day' if period == 'week' else 'month',
            {'week': 7, 'month': 1, 'quarter': 3}[period],
            'dates.' ~ period ~ '_start'
        ) }} as date) as period_end

    from dates
    {% if not loop.last %}
    union all
    {% endif %}
    {% endfor %}

),

begun_periods as (

    select
        periods.period_type,
        periods.period_start,
        periods.period_end,
        {{ instant_of_company_time('periods.period_end') }} <= as_of.observed_until as is_final

    from periods
    cross join as_of
    where periods.period_start <= as_of.as_of_date

)

select * from begun_periods
