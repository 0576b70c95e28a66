-- One row per month and link of the plans in force to a result of another side: a gate on one of
-- their components, or the multiplier of a whole plan.

with

plan_months as (

    select * from {{ ref('int_finance__plan_months') }}

),

gates as (

    select
        plan_months.period_start,
        plan_months.plan_id,
        plan_months.plan_name,
        plan_months.department_id,
        coalesce(gates.effect, 'gate') as link_type,
        components.component_order as link_order,
        components.component_name as paid_name,
        gates.kpi,
        gates.scope_type,
        gates.scope_id,
        gates.measure,
        gates.threshold,
        gates.miss_factor

    from plan_months
    inner join {{ ref('plan_components') }} as components
        on plan_months.plan_id = components.plan_id
        and {{ is_in_force('components', 'plan_months.period_start') }}
    inner join {{ ref('component_gates') }} as gates
        on components.gate_id = gates.gate_id
        and {{ is_in_force('gates', 'plan_months.period_start') }}

),

multipliers as (

    select
        plan_months.period_start,
        plan_months.plan_id,
        plan_months.plan_name,
        plan_months.department_id,
        'multiplier' as link_type,
        9999 as link_order,
        cast(null as string) as paid_name,
        multipliers.kpi,
        multipliers.scope_type,
        multipliers.scope_id,
        multipliers.measure,
        min(tiers.tier_from) as threshold,
        min(tiers.multiplier) as miss_factor

    from plan_months
    inner join {{ ref('plan_multipliers') }} as multipliers
        on plan_months.plan_id = multipliers.plan_id
        and {{ is_in_force('multipliers', 'plan_months.period_start') }}
    left join {{ ref('multiplier_tiers') }} as tiers
        on multipliers.multiplier_id = tiers.multiplier_id
        and tiers.multiplier >= 1
        and {{ is_in_force('tiers', 'plan_months.period_start') }}
    group by
        plan_months.period_start, plan_months.plan_id, plan_months.plan_name,
        plan_months.department_id, multipliers.kpi, multipliers.scope_type, multipliers.scope_id,
        multipliers.measure

),

links as (

    select * from gates
    union all
    select * from multipliers

),

-- What is the payee's own is a result of the side they work on.
sided_links as (

    select
        *,
        case scope_type
            when 'department' then scope_id
            when 'person' then department_id
            else 'company'
        end as from_side

    from links

)

select
    links.period_start,
    {{ period_label("'month'", 'links.period_start') }} as period_label,
    links.plan_id,
    cast(row_number() over (
        partition by links.period_start, links.plan_id
        order by links.link_order, links.kpi, links.scope_id
    ) as integer) as link_order,
    links.link_type,
    links.from_side,
    {{ department_label('links.from_side') }} as from_label,
    links.department_id as to_side,
    {{ department_label('links.department_id') }} as to_label,
    {{ rule_kpi_message('links', 'kpis') }} as from_text_message,
    {{ message('pay.link', {
        'link': 'links.link_type',
        'threshold': as_measured('links.threshold', 'links.measure', 'kpis.unit'),
        'miss_factor': as_number('links.miss_factor', 4)
    }) }} as link_text_message,
    {{ message('pay.linked', {'component': 'links.paid_name', 'plan': 'links.plan_name'}) }}
        as to_text_message,
    links.from_side != links.department_id as is_across

from sided_links as links
left join {{ ref('dim_kpis') }} as kpis
    on links.kpi = kpis.kpi
