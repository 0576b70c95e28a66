-- One row per period that has begun and day in it: whole weeks, too, where one begins before the
-- first quarter or ends after the last one. A year holds the days of its months that have begun.

with

periods as (

    select * from {{ ref('dim_periods') }}

),

bounds as (

    select
        min(case when period_type = 'month' then period_start end) as first_month,
        max(case when period_type = 'month' then period_end end) as end_of_months

    from periods

),

days as (

    {{ calendar_days() }}

),

period_days as (

    select
        periods.period_type,
        periods.period_start,
        days.date_day,
        days.month_start,
        days.quarter_start,
        days.year_start

    from periods
    cross join bounds
    inner join days
        on days.date_day >= periods.period_start
        and days.date_day < periods.period_end
        and (
            periods.period_type in ('week', 'month', 'quarter')
            or (days.date_day >= bounds.first_month and days.date_day < bounds.end_of_months)
        )

)

select * from period_days
