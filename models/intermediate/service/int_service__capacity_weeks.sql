-- One row per ISO week: the qualified leads that came and those sales had the people for.

with

capacity_days as (

    select * from {{ ref('int_service__capacity_days') }}

),

streams as (

    select * from {{ ref('int_ops__streams') }}
    where stream = 'lead_events'

),

as_of as (

    select * from {{ ref('int_ops__as_of') }}

),

weeks as (

    select
        week_start,
        cast({{ dbt.dateadd('day', 7, 'week_start') }} as date) as week_end,
        sum(qualified_leads) as qualified_leads,
        count(case when is_business_day and capacity_leads is null then 1 end) as undeclared_days,
        coalesce(sum(available_days), 0) as available_days,
        coalesce(sum(capacity_leads), 0) as capacity_leads

    from capacity_days
    group by week_start

),

-- A week of which only some days are declared would look fuller than it was.
capacity_weeks as (

    select
        weeks.week_start,
        weeks.week_end,
        case when streams.is_connected then cast(weeks.qualified_leads as bigint) end
            as qualified_leads,
        cast(weeks.available_days as bigint) as available_days,
        case when weeks.undeclared_days = 0 then cast(weeks.capacity_leads as decimal(28, 3)) end
            as capacity_leads,
        weeks.week_end <= {{ dbt.dateadd('day', 1, 'as_of.as_of_date') }} as is_final

    from weeks
    cross join streams
    cross join as_of

)

select * from capacity_weeks
