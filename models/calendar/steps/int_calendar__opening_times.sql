-- One row per calendar day: when business opens and closes, and whether it is a holiday.

with

days as (

    select * from {{ ref('int_calendar__days') }}

),

work_hours as (

    select * from {{ ref('work_hours') }}

),

holidays as (

    select * from {{ ref('holidays') }}
    where country = '{{ var("company_country") }}'

),

-- The hours of the company's country; where nobody wrote them down, those of any country.
own_countries as (

    select coalesce(max(country), '*') as country
    from work_hours
    where country = '{{ var("company_country") }}'

),

own_hours as (

    select work_hours.*
    from work_hours
    inner join own_countries
        on work_hours.country = own_countries.country

),

opening_times as (

    select
        days.date_day,
        days.weekday,
        holidays.holiday_date is not null as is_holiday,
        {{ opening_instant('days.date_day', 'own_hours.opens_at') }} as opens_at,
        {{ opening_instant('days.date_day', 'own_hours.closes_at') }} as closes_at,
        {{ instant_of_company_time(dbt.dateadd('day', 1, 'days.date_day')) }} as ends_at

    from days
    left join own_hours
        on days.weekday = own_hours.weekday
        and {{ is_in_force('own_hours', 'days.date_day') }}
    left join holidays
        on days.date_day = holidays.holiday_date

)

select * from opening_times
