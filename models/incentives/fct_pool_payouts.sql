-- One row per pool, period, department and payee: what a shared pool pays, and the arithmetic.

with

payouts as (

    select * from {{ ref('int_incentives__statement_pools') }}

),

pools as (

    select * from {{ ref('int_incentives__pool_amounts') }}

),

people as (

    select * from {{ ref('dim_people') }}

),

pool_payouts as (

    select
        pools.pool_id,
        pools.pool_name,
        pools.period_type,
        pools.period_start,
        pools.period_end,
        pools.statement_period_start,
        payouts.payee_id,
        people.person_name as payee_name,
        payouts.department_id,
        pools.kpi,
        pools.scope_type,
        pools.scope_id,
        pools.value,
        pools.target,
        pools.attainment,
        pools.threshold_amount,
        pools.pool_share,
        pools.pool_amount,
        payouts.department_share,
        payouts.department_amount,
        payouts.active_days,
        payouts.payout_amount,
        pools.currency_code,
        payouts.statement_amount,
        payouts.statement_currency_code,
        case
            when payouts.reason_message is not null then 'incomplete'
            when pools.is_final then 'complete'
            else 'provisional'
        end as status,
        coalesce(
            payouts.reason_message,
            case when not pools.is_final then {{ message('pay.reason.pool_not_final') }} end
        ) as reason_message

    from payouts
    inner join pools
        on payouts.pool_id = pools.pool_id
        and payouts.period_start = pools.period_start
    left join people
        on payouts.payee_id = people.person_id

)

select * from pool_payouts
