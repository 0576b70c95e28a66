-- One row per week, month, quarter and year that has begun by the last day the data speaks for, and
-- the last twelve finished months. A period is over when the data speaks for its very end: a last
-- event at noon leaves the day open.

with

dates as (

    select * from {{ ref('dim_dates') }}

),

as_of as (

    select * from {{ ref('dim_as_of') }}

),

periods as (

    {% for period in ['week', 'month', 'quarter', 'year'] %}
    {% set start = dbt.date_trunc('year', 'dates.date_day') if period == 'year'
        else 'dates.' ~ period ~ '_start' %}
    select distinct
        '{{ period }}' as period_type,
        cast({{ start }} as date) as period_start,
        cast({{ dbt.dateadd(
            'day' if period == 'week' else 'month',
            {'week': 7, 'month': 1, 'quarter': 3, 'year': 12}[period],
            start
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

),

-- Twelve finished months, so that no season is counted twice or left out.
last_12_months as (

    select
        'last_12_months' as period_type,
        cast({{ dbt.dateadd('month', -12, 'max(period_end)') }} as date) as period_start,
        max(period_end) as period_end,
        true as is_final

    from begun_periods
    where period_type = 'month' and is_final
    having count(*) >= 12

)

select * from begun_periods

union all

select * from last_12_months
