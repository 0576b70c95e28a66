-- One row per payee and month: what the plan in force pays, or which number is missing for it.

with

member_periods as (

    select * from {{ ref('int_incentives__member_periods') }}

),

multipliers as (

    select * from {{ ref('int_incentives__plan_multipliers') }}

),

totals as (

    select * from {{ ref('int_incentives__statement_totals') }}

),

people as (

    select * from {{ ref('dim_people') }}

),

-- A period stays open until the close signs it.
statements as (

    select
        member_periods.payee_id,
        people.person_name as payee_name,
        member_periods.department_id,
        member_periods.period_start,
        member_periods.period_end,
        'open' as period_state,
        member_periods.plan_id,
        member_periods.plan_version,
        member_periods.plan_name,
        member_periods.plan_valid_from,
        member_periods.plan_valid_to,
        member_periods.active_days,
        member_periods.period_days,
        member_periods.target_amount,
        totals.amount_before_company,
        multipliers.value as company_value,
        multipliers.attainment as company_attainment,
        multipliers.multiplier,
        totals.cap_amount,
        totals.bonus_amount,
        totals.pool_amount,
        totals.payable_amount,
        member_periods.currency_code,
        totals.status,
        totals.reason

    from member_periods
    inner join multipliers
        on member_periods.payee_id = multipliers.payee_id
        and member_periods.period_start = multipliers.period_start
    inner join totals
        on member_periods.payee_id = totals.payee_id
        and member_periods.period_start = totals.period_start
    left join people
        on member_periods.payee_id = people.person_id

)

select * from statements
