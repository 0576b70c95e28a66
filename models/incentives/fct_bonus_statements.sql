-- One row per payee and month: what the plan in force and shared pools pay, or which number is
-- missing for it.

with

periods as (

    select * from {{ ref('int_incentives__statement_periods') }}

),

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
        periods.payee_id,
        people.person_name as payee_name,
        periods.department_id,
        periods.period_start,
        periods.period_end,
        'open' as period_state,
        periods.plan_id,
        periods.plan_version,
        periods.plan_name,
        periods.plan_valid_from,
        periods.plan_valid_to,
        periods.active_days,
        periods.period_days,
        periods.target_amount,
        totals.amount_before_company,
        {{ exact_ratio('totals.amount_before_company', 'periods.target_amount') }}
            as component_share,
        multipliers.multiplier_name,
        multipliers.value as company_value,
        multipliers.attainment as company_attainment,
        multipliers.multiplier,
        multipliers.tier_to as multiplier_tier_to,
        totals.cap_amount,
        totals.bonus_amount,
        totals.pool_amount,
        totals.earned_amount,
        balances.brought_forward_amount as balance_brought_forward_amount,
        balances.payable_amount,
        balances.carried_amount as balance_carried_amount,
        periods.currency_code,
        balances.status,
        balances.reason_message

    from periods
    inner join multipliers
        on periods.payee_id = multipliers.payee_id
        and periods.period_start = multipliers.period_start
    inner join totals
        on periods.payee_id = totals.payee_id
        and periods.period_start = totals.period_start
    inner join balances
        on periods.payee_id = balances.payee_id
        and periods.period_start = balances.period_start
    left join people
        on periods.payee_id = people.person_id

)

select * from statements
