-- A payee has one plan in a month: two would be two statements, and two caps. Whoever changes plan
-- does so with the first day of a month.

select
    payee_id,
    period_start,
    count(distinct plan_id) as plan_count,
    count(*) as row_count

from {{ ref('int_incentives__member_periods') }}
group by payee_id, period_start
having count(*) > 1
