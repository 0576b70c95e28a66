-- One row per month, scale in force (a component's or the company's) and tier: what it pays.

with

plan_months as (

    select * from {{ ref('int_finance__plan_months') }}

),

components as (

    select * from {{ ref('plan_components') }}

),

multipliers as (

    select * from {{ ref('plan_multipliers') }}

),

catalogue as (

    select * from {{ ref('dim_kpis') }}

),

scales as (

    select
        plan_months.period_start,
        plan_months.period_label,
        plan_months.plan_name,
        'component' as scale_type,
        components.component_id as scale_id,
        components.component_name as scale_label,
        components.kpi,
        components.measure,
        components.curve,
        components.payout_basis,
        components.gate_id
    from plan_months
    inner join components
        on plan_months.plan_id = components.plan_id
        and {{ is_in_force('components', 'plan_months.period_start') }}

    union all

    select
        plan_months.period_start, plan_months.period_label, plan_months.plan_name, 'multiplier',
        multipliers.multiplier_id, multipliers.multiplier_name, multipliers.kpi,
        multipliers.measure, 'step', 'target_amount', cast(null as string)
    from plan_months
    inner join multipliers
        on plan_months.plan_id = multipliers.plan_id
        and {{ is_in_force('multipliers', 'plan_months.period_start') }}

),

-- Plans may share a scale of multipliers; it is shown once.
named_scales as (

    select
        period_start,
        period_label,
        scale_type,
        scale_id,
        scale_label,
        kpi,
        measure,
        curve,
        payout_basis,
        gate_id,
        {{ dbt.listagg('plan_name', "', '", 'order by plan_name') }} as plan_names

    from scales
    group by
        period_start, period_label, scale_type, scale_id, scale_label, kpi, measure, curve,
        payout_basis, gate_id

),

tiers as (

    {% for table, type, id, rate, columns in [
        (
            'component_tiers', 'component', 'component_id', 'payout_rate', 'other_from, other_to',
        ),
        (
            'multiplier_tiers', 'multiplier', 'multiplier_id', 'multiplier',
            'cast(null as decimal(28, 4)), cast(null as decimal(28, 4))',
        ),
    ] %}
    select
        '{{ type }}' as scale_type,
        {{ id }} as scale_id,
        tier_from,
        tier_to,
        {{ columns }},
        {{ rate }} as payout_rate,
        valid_from,
        valid_to
    from {{ ref(table) }}
    {% if not loop.last %}
    union all
    {% endif %}
    {% endfor %}

),

plan_tiers as (

    select
        scales.period_start,
        scales.period_label,
        scales.scale_id,
        scales.scale_label,
        scales.plan_names,
        {{ message('pay.tier', {
            'from': as_measured('tiers.tier_from', 'scales.measure', 'catalogue.unit'),
            'to': as_measured('tiers.tier_to', 'scales.measure', 'catalogue.unit'),
            'bound': "case when tiers.tier_to is null then 'above' when scales.curve ="
                ~ " 'interpolated' then 'at' when tiers.tier_from = 0 then 'below' else 'between' end",
            'other': 'case when tiers.other_from is not null then gates.gate_name end',
            'other_from': as_measured('tiers.other_from', 'gates.measure', 'gate_kpis.unit'),
            'other_to': as_measured('tiers.other_to', 'gates.measure', 'gate_kpis.unit'),
            'column': "case when tiers.other_to is null then 'above' when tiers.other_from = 0 then"
                ~ " 'below' else 'between' end"
        }) }} as tier_text_message,
        {{ message('pay.tier_pays', {
            'basis': 'scales.payout_basis', 'curve': 'scales.curve',
            'share': as_percent('tiers.payout_rate', 12), 'factor': as_number('tiers.payout_rate', 4),
            'is_last': 'tiers.tier_to is null'
        }) }} as payout_text_message,
        cast(row_number() over (
            partition by scales.period_start
            order by scales.scale_type desc, scales.plan_names, scales.scale_id, tiers.tier_from,
                tiers.other_from
        ) as integer) as sort_order

    from named_scales as scales
    inner join tiers
        on scales.scale_type = tiers.scale_type
        and scales.scale_id = tiers.scale_id
        and {{ is_in_force('tiers', 'scales.period_start') }}
    left join catalogue
        on scales.kpi = catalogue.kpi
    left join {{ ref('component_gates') }} as gates
        on scales.gate_id = gates.gate_id
        and {{ is_in_force('gates', 'scales.period_start') }}
    left join catalogue as gate_kpis
        on gates.kpi = gate_kpis.kpi

)

select * from plan_tiers
