-- One row per payee and month in a plan: the company's result the plan is multiplied by, and the
-- multiplier.

with

member_periods as (

    select * from {{ ref('int_incentives__member_periods') }}

),

multipliers as (

    select * from {{ ref('plan_multipliers') }}

),

tiers as (

    select * from {{ ref('multiplier_tiers') }}

),

kpi_values as (

    select * from {{ ref('int_incentives__kpi_values') }}

),

measured_multipliers as (

    select
        member_periods.payee_id,
        member_periods.period_start,
        multipliers.multiplier_id,
        multipliers.multiplier_name,
        multipliers.kpi,
        multipliers.scope_type,
        {{ resolved_scope_id('multipliers', 'member_periods') }} as scope_id,
        multipliers.measure,
        kpi_values.unit,
        kpi_values.value,
        kpi_values.target,
        kpi_values.attainment,
        cast({{ measured_number('multipliers') }} as decimal(28, 10)) as measured,
        coalesce(kpi_values.is_final, multipliers.multiplier_id is null) as is_final,
        case
            when multipliers.multiplier_id is not null
                then {{ missing_number_message('multipliers', 'member_periods') }}
        end as reason_message

    from member_periods
    left join multipliers
        on member_periods.plan_id = multipliers.plan_id
        and {{ is_in_force('multipliers', 'member_periods.period_start') }}
    left join kpi_values
        on {{ join_measured_kpi('multipliers', 'member_periods') }}

),

-- Half-open tiers: exactly on the edge counts to the upper one. Below zero counts as zero.
tiered_multipliers as (

    select
        measured.*,
        tiers.tier_from,
        tiers.tier_to,
        case
            when measured.multiplier_id is null then cast(1 as decimal(9, 4))
            else cast(tiers.multiplier as decimal(9, 4))
        end as multiplier

    from measured_multipliers as measured
    left join tiers
        on measured.multiplier_id = tiers.multiplier_id
        and {{ is_in_force('tiers', 'measured.period_start') }}
        and measured.measured is not null
        and {{ is_in_tier('tiers', 'greatest(measured.measured, 0)') }}

)

select * from tiered_multipliers
