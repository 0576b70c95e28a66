-- One row per payee and month: what the plan in force and shared pools pay, or which number is
-- missing for it.

with

multipliers as (

    select * from {{ ref('int_incentives__plan_multipliers') }}

),

totals as (

    select * from {{ ref('int_incentives__statement_totals') }}

),

balances as (

    select * from {{ ref('int_incentives__balances') }}

),

people as (

    select * from {{ ref('dim_people') }}

),

-- A period stays open until the close signs it.
statements as (

    select
        totals.payee_id,
        people.person_name as payee_name,
        totals.department_id,
        totals.period_start,
        totals.period_end,
        'open' as period_state,
        totals.plan_id,
        totals.plan_version,
        totals.plan_name,
        totals.plan_valid_from,
        totals.plan_valid_to,
        totals.active_days,
        totals.period_days,
        totals.target_amount,
        totals.amount_before_company,
        {{ exact_ratio('totals.amount_before_company', 'totals.target_amount') }}
            as component_share,
        multipliers.multiplier_name,
        multipliers.value as company_value,
        multipliers.attainment as company_attainment,
        cast(
            case when totals.plan_id is null then 1 else multipliers.multiplier end as decimal(9, 4)
        ) as multiplier,
        multipliers.tier_to as multiplier_tier_to,
        totals.cap_amount,
        totals.bonus_amount,
        totals.pool_amount,
        totals.earned_amount,
        balances.brought_forward_amount as balance_brought_forward_amount,
        balances.payable_amount,
        balances.carried_amount as balance_carried_amount,
        totals.currency_code,
        balances.status,
        balances.reason_message

    from totals
    left join multipliers
        on totals.payee_id = multipliers.payee_id
        and totals.period_start = multipliers.period_start
    inner join balances
        on totals.payee_id = balances.payee_id
        and totals.period_start = balances.period_start
    left join people
        on totals.payee_id = people.person_id

)

select * from statements
