-- One row per month and plan version in force in it: what the month is paid by.

with

months as (

    select * from {{ ref('int_finance__months') }}

),

plans as (

    select * from {{ ref('plans') }}

),

plan_months as (

    select
        months.period_start,
        months.period_end,
        months.period_label,
        plans.plan_id,
        plans.plan_version,
        plans.plan_name,
        plans.department_id,
        plans.currency_code,
        plans.cap_share,
        plans.valid_from,
        plans.valid_to

    from months
    inner join plans
        on {{ is_in_force('plans', 'months.period_start') }}

)

select * from plan_months
