-- One row per payee and month: the bonus of the plan and the pools together, and what is missing.

with

totals as (

    select * from {{ ref('int_incentives__payee_totals') }}

),

pool_totals as (

    select * from {{ ref('int_incentives__pool_totals') }}

),

joined_totals as (

    select
        totals.payee_id,
        totals.period_start,
        totals.amount_before_company,
        totals.cap_amount,
        totals.bonus_amount,
        case
            when pool_totals.payee_id is null then cast(0 as decimal(18, 2))
            else pool_totals.pool_amount
        end as pool_amount,
        totals.is_final and coalesce(pool_totals.is_final, true) as is_final,
        coalesce(totals.reason, pool_totals.reason) as missing_reason

    from totals
    left join pool_totals
        on totals.payee_id = pool_totals.payee_id
        and totals.period_start = pool_totals.period_start

),

statement_totals as (

    select
        payee_id,
        period_start,
        amount_before_company,
        cap_amount,
        bonus_amount,
        pool_amount,
        case
            when missing_reason is null then cast(bonus_amount + pool_amount as decimal(18, 2))
        end as payable_amount,
        case
            when missing_reason is not null then 'incomplete'
            when is_final then 'complete'
            else 'provisional'
        end as status,
        case
            when missing_reason is not null then missing_reason
            when not is_final then 'not every number of this month is final yet'
        end as reason

    from joined_totals

)

select * from statement_totals
