-- What a plan pays stays under its cap. Pools are paid beside the plan.

select
    payee_id,
    period_start,
    bonus_amount,
    cap_amount

from {{ ref('fct_bonus_statements') }}
where bonus_amount > cap_amount
