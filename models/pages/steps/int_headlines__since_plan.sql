-- One row per month or quarter since the current joint plan began: how the ignored-lead rate and
-- collected revenue compare with the last period before it, in words.

with

periods as (

    select * from {{ ref('rpt_alignment') }}
    where scope_type = 'company'

),

joint_plans as (

    select * from {{ ref('rpt_plan_starts') }}
    where is_current and is_joint

),

compared_periods as (

    select
        periods.*,
        joint_plans.start_date,
        row_number() over (
            partition by periods.period_type, periods.period_start >= joint_plans.start_date
            order by periods.period_start desc
        ) as recency

    from periods
    cross join joint_plans

),

last_periods_before as (

    select * from compared_periods
    where period_start < start_date and recency = 1

),

comparisons as (

    select
        compared_periods.period_type,
        compared_periods.period_start,
        ' Since the joint plan began on ' || {{ day_text('compared_periods.start_date') }}
        || ', ignored leads went from '
        || {{ rate_text('last_periods_before.ignored_lead_rate') }} || ' to '
        || {{ rate_text('compared_periods.ignored_lead_rate') }}
        || ' and collected revenue from '
        || {{ amount_text('last_periods_before.collected_amount') }} || ' to '
        || {{ amount_text('compared_periods.collected_amount') }}
        || ' {{ var("company_currency") }} a ' || compared_periods.period_type || '.' as sentence

    from compared_periods
    inner join last_periods_before
        on compared_periods.period_type = last_periods_before.period_type
    where compared_periods.period_start >= compared_periods.start_date

)

select * from comparisons
where sentence is not null
