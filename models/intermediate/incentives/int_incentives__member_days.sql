-- One row per payee, plan and month: the days of membership, and the target amount of those days.

with

months as (

    select * from {{ ref('int_incentives__months') }}

),

members as (

    select * from {{ ref('plan_members') }}

),

active_members as (

    select
        members.payee_id,
        members.plan_id,
        months.period_start,
        months.period_end,
        cast(members.target_amount as decimal(36, 2)) as target_amount,
        greatest(members.valid_from, months.period_start) as active_from,
        least(coalesce(members.valid_to, months.period_end), months.period_end) as active_until

    from members
    inner join months
        on members.valid_from < months.period_end
        and coalesce(members.valid_to, months.period_end) > months.period_start

),

counted_days as (

    select
        *,
        {{ datediff(
            'period_start', 'period_end', 'day'
        ) }} as period_days,
        {{ datediff(
            'active_from', 'active_until', 'day'
        ) }} as active_days

    from active_members

),

-- A target that changes within the month counts for its own days. The amount stays multiplied by
-- the days of the month until a total is rounded, because 10 of 31 days has no exact decimal.
member_days as (

    select
        payee_id,
        plan_id,
        period_start,
        period_end,
        cast(period_days as integer) as period_days,
        cast(sum(active_days) as integer) as active_days,
        cast(sum({{ product('target_amount', 2, 'active_days', 0) }}) as decimal(38, 2))
            as target_amount_days

    from counted_days
    group by payee_id, plan_id, period_start, period_end, period_days

)

select * from member_days
