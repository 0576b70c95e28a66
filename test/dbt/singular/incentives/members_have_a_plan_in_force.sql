-- Every month of a membership has a plan version in force: nobody drops out of pay in silence.

select
    member_days.payee_id,
    member_days.plan_id,
    member_days.period_start

from {{ ref('int_incentives__member_days') }} as member_days
left join {{ ref('plans') }} as plans
    on member_days.plan_id = plans.plan_id
    and {{ in_force('plans', 'member_days.period_start') }}
where plans.plan_id is null
