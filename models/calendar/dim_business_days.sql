-- One row per calendar day from 2005 to 2040: when business opens and closes, how much business
-- time it has, and how much lies before it.

with

days as (

    {{ dbt.date_spine('day', "cast('2005-01-01' as date)", "cast('2041-01-01' as date)") }}

),

numbered_days as (

    select
        cast(date_day as date) as date_day,
        -- Monday is 1 and Sunday 7; 2001-01-01 was a Monday.
        mod({{ dbt.datediff("cast('2001-01-01' as date)", 'date_day', 'day') }}, 7) + 1 as weekday

    from days

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
        numbered_days.date_day,
        numbered_days.weekday,
        holidays.holiday_date is not null as is_holiday,
        {{ opening_instant('numbered_days.date_day', 'own_hours.opens_at') }} as opens_at,
        {{ opening_instant('numbered_days.date_day', 'own_hours.closes_at') }} as closes_at,
        {{ instant_of_company_time(dbt.dateadd('day', 1, 'numbered_days.date_day')) }} as ends_at

    from numbered_days
    left join own_hours
        on numbered_days.weekday = own_hours.weekday
        and {{ is_in_force('own_hours', 'numbered_days.date_day') }}
    left join holidays
        on numbered_days.date_day = holidays.holiday_date

),

-- A day without hours, or with hours of no length, is closed, and so is a holiday.
judged_days as (

    select
        *,
        not is_holiday and coalesce(opens_at < closes_at, false) as is_business_day

    from opening_times

),

measured_days as (

    select
        '{{ var("company_country") }}' as country,
        date_day,
        weekday,
        is_holiday,
        is_business_day,
        case when is_business_day then opens_at end as opens_at,
        case when is_business_day then closes_at end as closes_at,
        ends_at,
        case
            when is_business_day then {{ dbt.datediff('opens_at', 'closes_at', 'second') }}
            else 0
        end as business_seconds

    from judged_days

),

summed_days as (

    select
        *,
        cast(sum(business_seconds) over (order by date_day) - business_seconds as bigint)
            as seconds_before,
        cast(sum(case when is_business_day then 1 else 0 end) over (order by date_day) as bigint)
            as business_day_number

    from measured_days

)

select * from summed_days
