-- One row per payee and month: how the sum of the components becomes the bonus, step by step in
-- cents. Each step is what a reader gets from the amounts shown; the rounding closes the
-- difference.

with

payee_totals as (

    select * from {{ ref('int_incentives__payee_totals') }}

),

multipliers as (

    select * from {{ ref('int_incentives__plan_multipliers') }}

),

multiplied_steps as (

    select
        payee_totals.*,
        {{ round_to_cents(product(
            'greatest(payee_totals.amount_before_company, 0)', 2, 'multipliers.multiplier - 1', 4
        )) }}
            as multiplier_amount

    from payee_totals
    inner join multipliers
        on payee_totals.payee_id = multipliers.payee_id
        and payee_totals.period_start = multipliers.period_start
    where payee_totals.reason is null

),

summed_steps as (

    select
        *,
        cast(amount_before_company + multiplier_amount as decimal(28, 2)) as multiplied_amount

    from multiplied_steps

),

total_steps as (

    select
        payee_id,
        period_start,
        amount_before_company,
        multiplier_amount,
        multiplied_amount,
        cap_amount,
        cast(
            case when multiplied_amount > cap_amount then cap_amount - multiplied_amount else 0 end
            as decimal(28, 2)
        ) as capping_amount,
        cast(
            bonus_amount - case
                when multiplied_amount > cap_amount then cap_amount else multiplied_amount
            end as decimal(28, 2)
        ) as rounding_amount

    from summed_steps

)

select * from total_steps
