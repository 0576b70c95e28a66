-- One row per payee and month in which a plan pays: the plan version in force, the prorated target.

with

member_days as (

    select * from {{ ref('int_incentives__member_days') }}

),

plans as (

    select * from {{ ref('plans') }}

),

member_periods as (

    select
        member_days.payee_id,
        member_days.plan_id,
        member_days.period_start,
        member_days.period_end,
        member_days.period_days,
        member_days.active_days,
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
        and {{ in_force('plans', 'member_days.period_start') }}

)

select * from member_periods
