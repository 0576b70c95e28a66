-- One row per ISO week: whether sales got too few qualified leads, the right number, or too many.

with

streams as (

    select * from {{ ref('dim_streams') }}
    where stream = 'lead_events'

),

weeks as (

    select
        week_start,
        cast({{ dbt.dateadd('day', 7, 'week_start') }} as date) as week_end,
        sum(qualified_leads) as qualified_leads,
        count(case when is_business_day and capacity_leads is null then 1 end) as undeclared_days,
        coalesce(sum(available_days), 0) as available_days,
        coalesce(sum(capacity_leads), 0) as capacity_leads

    from {{ ref('fct_capacity_days') }} as capacity_days
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
    cross join {{ ref('dim_as_of') }} as as_of

),

bounded_weeks as (

    select
        capacity_weeks.week_start,
        cast(
            max(case when capacity_bounds.bound = 'low_below' then capacity_bounds.share end)
            as decimal(28, 4)
        ) as low_below,
        cast(
            max(case when capacity_bounds.bound = 'high_above' then capacity_bounds.share end)
            as decimal(28, 4)
        ) as high_above

    from capacity_weeks
    left join {{ ref('capacity_bounds') }} as capacity_bounds
        on {{ is_in_force('capacity_bounds', 'capacity_weeks.week_start') }}
    group by capacity_weeks.week_start

),

measured_weeks as (

    select
        capacity_weeks.week_start,
        capacity_weeks.week_end,
        capacity_weeks.qualified_leads,
        capacity_weeks.available_days,
        capacity_weeks.capacity_leads,
        bounded_weeks.low_below,
        bounded_weeks.high_above,
        capacity_weeks.is_final,
        case
            when not capacity_weeks.is_final then 'not_over'
            when capacity_weeks.qualified_leads is null then 'not_connected'
            when capacity_weeks.capacity_leads is null then 'no_capacity_declared'
            when capacity_weeks.capacity_leads = 0 then 'nobody_available'
            when bounded_weeks.low_below is null or bounded_weeks.high_above is null
                then 'no_bounds'
        end as reason_code

    from capacity_weeks
    inner join bounded_weeks
        on capacity_weeks.week_start = bounded_weeks.week_start

)

select
    *,
    case
        when reason_code is not null then {{ message('service.no_band', {'code': 'reason_code'}) }}
    end as reason_message,
    case
        when reason_code is not null then null
        when qualified_leads < {{ product('low_below', 4, 'capacity_leads', 3) }} then 'low'
        when qualified_leads <= {{ product('high_above', 4, 'capacity_leads', 3) }} then 'right'
        else 'high'
    end as band

from measured_weeks
