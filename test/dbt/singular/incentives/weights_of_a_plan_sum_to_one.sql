-- Whenever a plan version begins, or a component begins or ends, the weights in force sum to one.
-- Weights share out the target amount; what is paid by value has none.

with

plans as (

    select * from {{ ref('plans') }}

),

components as (

    select * from {{ ref('plan_components') }}

),

days_of_change as (

    select plan_id, valid_from as day_of_change from plans

    union

    select plan_id, valid_from as day_of_change from components

    union

    select plan_id, valid_to as day_of_change from components
    where valid_to is not null

)

select
    days_of_change.plan_id,
    days_of_change.day_of_change,
    sum(components.weight) as weight

from days_of_change
inner join plans
    on days_of_change.plan_id = plans.plan_id
    and {{ in_force('plans', 'days_of_change.day_of_change') }}
left join components
    on days_of_change.plan_id = components.plan_id
    and {{ in_force('components', 'days_of_change.day_of_change') }}
group by days_of_change.plan_id, days_of_change.day_of_change
having
    count(components.component_id) = 0
    or count(case when components.payout_basis = 'kpi_value' then components.weight end) > 0
    or (
        count(case when components.payout_basis = 'target_amount' then 1 end) > 0
        and sum(components.weight) is distinct from 1
    )
