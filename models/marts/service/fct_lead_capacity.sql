-- One row per ISO week: whether sales got too few qualified leads, the right number, or too many.

with

capacity_weeks as (

    select * from {{ ref('int_service__capacity_weeks') }}

),

capacity_bounds as (

    select * from {{ ref('capacity_bounds') }}

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
    left join capacity_bounds
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
        case
            when capacity_weeks.is_final
                then
                    {{ exact_ratio(
                        'capacity_weeks.qualified_leads', 'capacity_weeks.capacity_leads'
                    ) }}
        end as use_share,
        bounded_weeks.low_below,
        bounded_weeks.high_above,
        capacity_weeks.is_final,
        case
            when not capacity_weeks.is_final then 'the week is not over'
            when capacity_weeks.qualified_leads is null then 'source not connected: lead_events'
            when capacity_weeks.capacity_leads is null
                then 'the capacity of sales is not declared for the whole week'
            when capacity_weeks.capacity_leads = 0 then 'nobody in sales had time this week'
            when bounded_weeks.low_below is null or bounded_weeks.high_above is null
                then 'the bounds of the band are not declared'
        end as reason

    from capacity_weeks
    inner join bounded_weeks
        on capacity_weeks.week_start = bounded_weeks.week_start

)

select
    *,
    case
        when reason is not null then null
        when use_share < low_below then 'low'
        when use_share <= high_above then 'right'
        else 'high'
    end as band

from measured_weeks
