-- One row per pool, period, department and payee: what a shared pool pays, and the arithmetic.

with

payouts as (

    select * from {{ ref('int_incentives__statement_pools') }}

),

people as (

    select * from {{ ref('dim_people') }}

),

pool_payouts as (

    select
        payouts.pool_id,
        payouts.pool_name,
        payouts.period_type,
        payouts.period_start,
        payouts.period_end,
        payouts.statement_period_start,
        payouts.payee_id,
        people.person_name as payee_name,
        payouts.department_id,
        payouts.kpi,
        payouts.scope_type,
        payouts.scope_id,
        payouts.value,
        payouts.target,
        payouts.attainment,
        payouts.threshold_amount,
        payouts.pool_share,
        payouts.prize_amount,
        payouts.pool_amount,
        payouts.department_share,
        payouts.department_amount,
        payouts.active_days,
        payouts.payout_amount,
        payouts.currency_code,
        payouts.statement_amount,
        payouts.statement_currency_code,
        case
            when payouts.missing_message is not null then 'incomplete'
            when payouts.is_final then 'complete'
            else 'provisional'
        end as status,
        coalesce(
            payouts.missing_message,
            case when not payouts.is_final then {{ message('pay.reason.pool_not_final') }} end
        ) as reason_message

    from payouts
    left join people
        on payouts.payee_id = people.person_id

)

select * from pool_payouts
