-- One row per day on which bonus plans begin: what charts mark as a change of rules.

with

plans as (

    select * from {{ ref('plans') }}

),

multipliers as (

    select * from {{ ref('plan_multipliers') }}

),

as_of as (

    select * from {{ ref('dim_as_of') }}

),

-- A plan is joint when what it pays also hangs on a result of the whole company.
begun_plans as (

    select
        plans.valid_from as start_date,
        plans.plan_name,
        max(case when multipliers.plan_id is not null then 1 else 0 end) = 1 as is_joint

    from plans
    cross join as_of
    left join multipliers
        on plans.plan_id = multipliers.plan_id
        and multipliers.scope_type = 'company'
        and {{ is_in_force('multipliers', 'plans.valid_from') }}
    where plans.valid_from <= as_of.as_of_date
    group by plans.valid_from, plans.plan_name

),

plan_starts as (

    select
        start_date,
        min(case when is_joint then 1 else 0 end) = 1 as is_joint

    from begun_plans
    group by start_date

),

latest_starts as (

    select max(start_date) as start_date from plan_starts

),

labelled_starts as (

    select
        plan_starts.start_date,
        quarters.period_label as quarter_label,
        {{ message('overview.plan_start', {'is_joint': 'plan_starts.is_joint'}) }}
            as plan_label_message,
        plan_starts.is_joint,
        latest_starts.start_date is not null as is_current

    from plan_starts
    left join latest_starts
        on plan_starts.start_date = latest_starts.start_date
    left join {{ ref('dim_periods') }} as quarters
        on quarters.period_type = 'quarter'
        and plan_starts.start_date >= quarters.period_start
        and plan_starts.start_date < quarters.period_end

)

select * from labelled_starts
