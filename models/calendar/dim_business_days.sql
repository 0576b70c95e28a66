-- One row per calendar day: how much business time it has, and how much lies before it.

with

opening_times as (

    select * from {{ ref('int_calendar__opening_times') }}

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
