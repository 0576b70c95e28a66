-- One row per payee and month: what the plan and the pools earn together, or what is missing.

with

periods as (

    select * from {{ ref('int_incentives__statement_periods') }}

),

totals as (

    select * from {{ ref('int_incentives__payee_totals') }}

),

pool_totals as (

    select
        payee_id,
        statement_period_start as period_start,
        case
            when count(*) = count(statement_amount)
                then cast(sum(statement_amount) as decimal(28, 2))
        end as pool_amount,
        min(case when is_final then 1 else 0 end) = 1 as is_final,
        min(reason_message) as reason_message

    from {{ ref('int_incentives__statement_pools') }}
    group by payee_id, statement_period_start

),

-- Without a plan its bonus is zero, not unknown.
joined_totals as (

    select
        periods.payee_id,
        periods.period_start,
        periods.currency_code,
        case when periods.plan_id is null then 0 else totals.amount_before_company end
            as amount_before_company,
        totals.cap_amount,
        case when periods.plan_id is null then 0 else totals.bonus_amount end as bonus_amount,
        case
            when pool_totals.payee_id is null then cast(0 as decimal(28, 2))
            else pool_totals.pool_amount
        end as pool_amount,
        coalesce(totals.is_paid_by_value, false) as is_paid_by_value,
        coalesce(totals.is_final, true) and coalesce(pool_totals.is_final, true) as is_final,
        coalesce(totals.reason_message, pool_totals.reason_message) as missing_message

    from periods
    left join totals
        on periods.payee_id = totals.payee_id
        and periods.period_start = totals.period_start
    left join pool_totals
        on periods.payee_id = pool_totals.payee_id
        and periods.period_start = pool_totals.period_start

),

statement_totals as (

    select
        payee_id,
        period_start,
        currency_code,
        cast(amount_before_company as decimal(28, 2)) as amount_before_company,
        cap_amount,
        cast(bonus_amount as decimal(28, 2)) as bonus_amount,
        pool_amount,
        case
            when missing_message is null then cast(bonus_amount + pool_amount as decimal(28, 2))
        end as earned_amount,
        is_paid_by_value,
        is_final,
        missing_message

    from joined_totals

)

select * from statement_totals
