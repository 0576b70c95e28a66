-- One row per month, scale in force (a part's or the company's) and tier: what reaching it pays.

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

tier_texts as (

    select * from {{ ref('int_finance__tier_texts') }}

),

scales as (

    select
        plan_months.period_start,
        plan_months.period_label,
        plan_months.plan_name,
        2 as scale_order,
        'component' as scale_type,
        components.component_id as scale_id,
        components.component_name as scale_label
    from plan_months
    inner join components
        on plan_months.plan_id = components.plan_id
        and {{ in_force('components', 'plan_months.period_start') }}

    union all

    select
        plan_months.period_start, plan_months.period_label, plan_months.plan_name, 1, 'multiplier',
        multipliers.multiplier_id, multipliers.multiplier_name
    from plan_months
    inner join multipliers
        on plan_months.plan_id = multipliers.plan_id
        and {{ in_force('multipliers', 'plan_months.period_start') }}

),

named_scales as (

    select
        period_start,
        period_label,
        scale_order,
        scale_type,
        scale_id,
        scale_label,
        {{ dbt.listagg('plan_name', "', '", 'order by plan_name') }} as plan_names

    from scales
    group by period_start, period_label, scale_order, scale_type, scale_id, scale_label

),

tiers as (

    select
        named_scales.period_start,
        named_scales.period_label,
        named_scales.scale_id,
        named_scales.scale_label,
        named_scales.plan_names,
        tier_texts.tier_text,
        tier_texts.payout_text,
        cast(row_number() over (
            partition by named_scales.period_start
            order by
                named_scales.scale_order, named_scales.plan_names, named_scales.scale_id,
                tier_texts.tier_from
        ) as integer) as sort_order

    from named_scales
    inner join tier_texts
        on named_scales.scale_type = tier_texts.scale_type
        and named_scales.scale_id = tier_texts.scale_id
        and {{ in_force('tier_texts', 'named_scales.period_start') }}

)

select * from tiers
