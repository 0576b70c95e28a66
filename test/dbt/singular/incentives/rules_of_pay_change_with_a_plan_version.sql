-- The version printed on a statement says which rules it was paid by. So whatever a plan is made of
-- begins and ends only on the first day of a version, and versions begin with a month.

with

plans as (

    select * from {{ ref('plans') }}

),

components as (

    select * from {{ ref('plan_components') }}

),

multipliers as (

    select * from {{ ref('plan_multipliers') }}

),

parts_of_plans as (

    select plan_id, component_id as part, valid_from, valid_to from components

    union all

    select components.plan_id, tiers.component_id as part, tiers.valid_from, tiers.valid_to
    from components
    inner join {{ ref('component_tiers') }} as tiers
        on components.component_id = tiers.component_id

    union all

    select components.plan_id, gates.gate_id as part, gates.valid_from, gates.valid_to
    from components
    inner join {{ ref('component_gates') }} as gates
        on components.gate_id = gates.gate_id

    union all

    select plan_id, multiplier_id as part, valid_from, valid_to from multipliers

    union all

    select multipliers.plan_id, tiers.multiplier_id as part, tiers.valid_from, tiers.valid_to
    from multipliers
    inner join {{ ref('multiplier_tiers') }} as tiers
        on multipliers.multiplier_id = tiers.multiplier_id

),

days_of_change as (

    select plan_id, part, valid_from as day_of_change from parts_of_plans

    union

    select plan_id, part, valid_to as day_of_change from parts_of_plans
    where valid_to is not null

)

select
    days_of_change.plan_id,
    days_of_change.part,
    days_of_change.day_of_change

from days_of_change
inner join plans
    on days_of_change.plan_id = plans.plan_id
    and days_of_change.day_of_change > plans.valid_from
    and days_of_change.day_of_change < coalesce(plans.valid_to, cast('9999-12-31' as date))

union all

select
    plan_id,
    plan_version as part,
    valid_from as day_of_change

from plans
where
    valid_from <> cast({{ dbt.date_trunc('month', 'valid_from') }} as date)
    or valid_to <> cast({{ dbt.date_trunc('month', 'valid_to') }} as date)
