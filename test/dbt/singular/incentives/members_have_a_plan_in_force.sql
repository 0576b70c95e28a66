-- Every month of a membership has a plan version in force: nobody drops out of pay in silence.

select
    members.payee_id,
    members.plan_id,
    months.period_start

from {{ ref('plan_members') }} as members
inner join {{ ref('int_incentives__periods') }} as months
    on months.period_type = 'month'
    and members.valid_from < months.period_end
    and coalesce(members.valid_to, months.period_end) > months.period_start
left join {{ ref('plans') }} as plans
    on members.plan_id = plans.plan_id
    and {{ in_force('plans', 'months.period_start') }}
where plans.plan_id is null
