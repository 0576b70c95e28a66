-- One row per scale (a component's or a multiplier's tiers) and tier: its bounds in words.

with

components as (

    select * from {{ ref('plan_components') }}

),

multipliers as (

    select * from {{ ref('plan_multipliers') }}

),

component_tiers as (

    select * from {{ ref('component_tiers') }}

),

multiplier_tiers as (

    select * from {{ ref('multiplier_tiers') }}

),

catalogue as (

    select * from {{ ref('int_kpi__catalogue') }}

),

-- Plans may share a scale of multipliers; its tiers then read the same in both.
measured_scales as (

    select distinct
        'component' as scale_type,
        component_id as scale_id,
        kpi,
        measure,
        curve,
        payout_basis
    from components

    union all

    select distinct
        'multiplier', multiplier_id, kpi, measure, 'step', 'target_amount'
    from multipliers

),

tiers as (

    select
        'component' as scale_type,
        component_id as scale_id,
        tier_from,
        tier_to,
        payout_rate,
        valid_from,
        valid_to
    from component_tiers

    union all

    select
        'multiplier', multiplier_id, tier_from, tier_to, multiplier, valid_from, valid_to
    from multiplier_tiers

),

tier_texts as (

    select
        tiers.scale_type,
        tiers.scale_id,
        tiers.tier_from,
        tiers.valid_from,
        tiers.valid_to,
        case
            when tiers.tier_to is null
                then 'from ' || {{ bound_text('tiers.tier_from', 'scales.measure', 'units.unit') }}
            when scales.curve = 'interpolated'
                then 'at ' || {{ bound_text('tiers.tier_from', 'scales.measure', 'units.unit') }}
            when tiers.tier_from = 0
                then 'below ' || {{ bound_text('tiers.tier_to', 'scales.measure', 'units.unit') }}
            else
                'from ' || {{ bound_text('tiers.tier_from', 'scales.measure', 'units.unit') }}
                || ' to below '
                || {{ bound_text('tiers.tier_to', 'scales.measure', 'units.unit') }}
        end as tier_text,
        case scales.payout_basis
            when 'kpi_value' then {{ share_text('tiers.payout_rate') }}
            else 'x ' || {{ number_text('tiers.payout_rate') }}
        end
        || case scales.curve
            when 'marginal' then ' on this slice'
            when 'interpolated'
                then case when tiers.tier_to is null then '' else ', then in a straight line' end
            else ''
        end as payout_text

    from tiers
    inner join measured_scales as scales
        on tiers.scale_type = scales.scale_type
        and tiers.scale_id = scales.scale_id
    left join catalogue as units
        on scales.kpi = units.kpi

)

select * from tier_texts
