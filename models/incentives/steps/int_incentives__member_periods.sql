-- One row per payee and month in which a plan pays: the plan version in force, the prorated target,
-- the quarter and year the month is part of.

with

-- A month is paid for from its first published number on; a running one is provisional.
months as (

    select distinct
        period_start,
        period_end

    from {{ ref('fct_kpi_values') }}
    where period_type = 'month' and value is not null

),

members as (

    select * from {{ ref('plan_members') }}

),

plans as (

    select * from {{ ref('plans') }}

),

active_members as (

    select
        members.payee_id,
        members.plan_id,
        months.period_start,
        months.period_end,
        cast({{ datediff(
            'months.period_start', 'months.period_end', 'day'
        ) }} as integer) as period_days,
        cast(members.target_amount as decimal(36, 2)) as target_amount,
        {{ datediff(
            'greatest(members.valid_from, months.period_start)',
            'least(coalesce(members.valid_to, months.period_end), months.period_end)',
            'day'
        ) }} as active_days,
        coalesce(members.valid_to, cast('9999-12-31' as date)) as member_until

    from members
    inner join months
        on members.valid_from < months.period_end
        and coalesce(members.valid_to, months.period_end) > months.period_start

),

-- A target that changes within the month counts for its own days. The amount stays multiplied by
-- the days of the month until a total is rounded, because 10 of 31 days has no exact decimal.
member_days as (

    select
        payee_id,
        plan_id,
        period_start,
        period_end,
        period_days,
        cast(sum(active_days) as integer) as active_days,
        max(member_until) as member_until,
        cast(sum({{ product('target_amount', 2, 'active_days', 0) }}) as decimal(38, 2))
            as target_amount_days

    from active_members
    group by payee_id, plan_id, period_start, period_end, period_days

),

member_periods as (

    select
        member_days.payee_id,
        member_days.plan_id,
        member_days.period_start,
        member_days.period_end,
        member_days.period_days,
        member_days.active_days,
        dates.quarter_start,
        dates.quarter_end,
        dates.year_start,
        member_days.member_until <= member_days.period_end and later.payee_id is null
            as is_last_month,
        member_days.target_amount_days,
        {{ round_to_cents('member_days.target_amount_days', 'member_days.period_days') }}
            as target_amount,
        plans.plan_version,
        plans.plan_name,
        plans.department_id,
        plans.currency_code,
        cast(plans.cap_share as decimal(9, 4)) as cap_share,
        plans.valid_from as plan_valid_from,
        plans.valid_to as plan_valid_to

    from member_days
    inner join plans
        on member_days.plan_id = plans.plan_id
        and {{ is_in_force('plans', 'member_days.period_start') }}
    left join {{ ref('dim_dates') }} as dates
        on member_days.period_start = dates.date_day
    -- A membership may go on in another row, with another target.
    left join members as later
        on member_days.payee_id = later.payee_id
        and member_days.plan_id = later.plan_id
        and member_days.member_until = later.valid_from

)

select * from member_periods
