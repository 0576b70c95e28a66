-- A rule names only what exists, so that no part of a plan is paid by silence. One row per misfit.

with

plans as (select * from {{ ref('plans') }}),

components as (select * from {{ ref('plan_components') }}),

multipliers as (select * from {{ ref('plan_multipliers') }}),

members as (select * from {{ ref('plan_members') }}),

people as (select * from {{ ref('dim_people') }}),

pool_departments as (select * from {{ ref('pool_departments') }}),

pool_members as (select * from {{ ref('pool_members') }})

select 'component of an unknown plan' as misfit, component_id as rule_key
from components
where plan_id not in (select plan_id from plans)

union all

select 'component id used by two plans' as misfit, component_id as rule_key
from components
group by component_id
having count(distinct plan_id) > 1

union all

select 'component with two curves or measures for its tiers' as misfit, component_id as rule_key
from components
group by component_id
having count(distinct curve || measure || payout_basis) > 1

union all

select 'curve without tiers' as misfit, component_id as rule_key
from components
where
    curve <> 'linear'
    and component_id not in (select component_id from {{ ref('component_tiers') }})

union all

select 'unknown gate' as misfit, component_id as rule_key
from components
where
    gate_id is not null
    and gate_id not in (select gate_id from {{ ref('component_gates') }})

union all

select 'pay on a KPI value: step or marginal, own scope, no cap' as misfit, component_id as rule_key
from components
where
    payout_basis = 'kpi_value'
    and (curve not in ('step', 'marginal') or scope_id <> 'payee' or cap is not null)

union all

select 'multiplier without tiers' as misfit, multiplier_id as rule_key
from multipliers
where multiplier_id not in (select multiplier_id from {{ ref('multiplier_tiers') }})

union all

select 'multiplier of an unknown plan' as misfit, multiplier_id as rule_key
from multipliers
where plan_id not in (select plan_id from plans)

union all

select 'payee who is not among the people' as misfit, payee_id as rule_key
from (select payee_id from members union select payee_id from pool_members) as payees
where payee_id not in (select person_id from people)

union all

select 'shares of a pool do not sum to one' as misfit, pool_id as rule_key
from pool_departments
group by pool_id, valid_from
having sum(share) <> 1

union all

select 'pool without departments' as misfit, pool_id as rule_key
from {{ ref('pools') }}
where pool_id not in (select pool_id from pool_departments)

union all

select 'pool member of a department without a share' as misfit, pool_members.payee_id as rule_key
from pool_members
left join pool_departments
    on pool_members.pool_id = pool_departments.pool_id
    and pool_members.department_id = pool_departments.department_id
where pool_departments.pool_id is null
