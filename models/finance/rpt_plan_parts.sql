-- One row per month, plan in force and component: what it is paid on, how, and behind which gate.

with

plan_months as (

    select * from {{ ref('int_finance__plan_months') }}

),

components as (

    select * from {{ ref('plan_components') }}

),

gates as (

    select * from {{ ref('component_gates') }}

),

catalogue as (

    select * from {{ ref('int_kpi__catalogue') }}

),

parts as (

    select
        plan_months.period_start,
        plan_months.period_label,
        plan_months.plan_id,
        plan_months.plan_name,
        components.component_id,
        components.component_order,
        components.component_name,
        components.kpi,
        gates.kpi as gate_kpi,
        {{ owned_kpi_text('components', 'catalogue') }} as kpi_text,
        '/definitions/#' || components.kpi as kpi_link,
        cast(components.weight as decimal(9, 4)) as weight,
        case components.curve
            when 'linear' then 'in proportion to the ' || components.measure
            when 'step' then 'by the tier reached, on the whole'
            when 'marginal' then 'each slice at the rate of its tier'
            when 'interpolated' then 'on a straight line between the tiers'
        end
        || coalesce(
            ', nothing below '
            || {{ bound_text('components.threshold', 'components.measure', 'catalogue.unit') }}, ''
        )
        || coalesce(', factor at most ' || {{ number_text('components.cap') }}, '') as curve_text,
        coalesce(
            gates.gate_name || ': ' || {{ owned_kpi_text('gates', 'gate_kpis') }} || ' at least '
            || {{ bound_text('gates.threshold', 'gates.measure', 'gate_kpis.unit') }}
            || case gates.measure when 'attainment' then ' of target' else '' end
            || ', else x ' || {{ number_text('gates.miss_factor') }},
            'none'
        ) as gate_text

    from plan_months
    inner join components
        on plan_months.plan_id = components.plan_id
        and {{ in_force('components', 'plan_months.period_start') }}
    left join gates
        on components.gate_id = gates.gate_id
        and {{ in_force('gates', 'plan_months.period_start') }}
    left join catalogue
        on components.kpi = catalogue.kpi
    left join catalogue as gate_kpis
        on gates.kpi = gate_kpis.kpi

)

select * from parts
