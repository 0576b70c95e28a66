-- One row per payee, month and component: the factor of its curve, what the gate leaves of it, and
-- the exact amount that makes before the company's result. Amounts are multiplied by the days of
-- the month, by which the total is divided once.

with

member_periods as (

    select * from {{ ref('int_incentives__member_periods') }}

),

attainments as (

    select * from {{ ref('int_incentives__component_attainments') }}

),

curve_factors as (

    select * from {{ ref('int_incentives__curve_factors') }}

),

gate_results as (

    select * from {{ ref('int_incentives__gate_results') }}

),

-- A gate that is named but not in force would pay as if it were met; it blocks the month instead.
-- A missed gate makes nobody keep money that was paid back. What is paid by value has no target
-- amount to weigh or to prorate.
gated_factors as (

    select
        attainments.payee_id,
        attainments.period_start,
        attainments.component_id,
        attainments.component_order,
        attainments.payout_basis,
        member_periods.period_days,
        case attainments.payout_basis
            when 'target_amount'
                then {{ product('attainments.weight', 4, 'member_periods.target_amount_days', 2) }}
            else cast(member_periods.period_days as decimal(38, 6))
        end as base_amount_days,
        curve_factors.curve_factor,
        curve_factors.limited_factor,
        coalesce(curve_factors.limited_factor, curve_factors.curve_factor) as paid_factor,
        case
            when attainments.gate_id is null then cast(1 as decimal(9, 4))
            when curve_factors.curve_factor < 0 and gate_results.gate_factor is not null
                then cast(1 as decimal(9, 4))
            else gate_results.gate_factor
        end as gate_factor,
        attainments.is_final and coalesce(gate_results.is_final, attainments.gate_id is null)
            as is_final,
        coalesce(
            attainments.reason_message,
            gate_results.reason_message,
            case
                when attainments.gate_id is not null and gate_results.gate_id is null
                    then {{ message('pay.reason.no_gate', {'gate': 'attainments.gate_id'}) }}
            end
        ) as reason_message

    from attainments
    inner join curve_factors
        on attainments.payee_id = curve_factors.payee_id
        and attainments.period_start = curve_factors.period_start
        and attainments.component_id = curve_factors.component_id
    inner join member_periods
        on attainments.payee_id = member_periods.payee_id
        and attainments.period_start = member_periods.period_start
    left join gate_results
        on attainments.payee_id = gate_results.payee_id
        and attainments.period_start = gate_results.period_start
        and attainments.component_id = gate_results.component_id

),

curve_amounts as (

    select
        *,
        cast({{ product('paid_factor', 14, 'gate_factor', 4) }} as decimal(38, 14)) as factor,
        cast({{ product('base_amount_days', 6, 'curve_factor', 14) }} as decimal(38, 16))
            as own_amount_days,
        cast({{ product('base_amount_days', 6, 'paid_factor', 14) }} as decimal(38, 16))
            as paid_amount_days

    from gated_factors

),

component_factors as (

    select
        *,
        cast({{ product('paid_amount_days', 16, 'gate_factor', 4) }} as decimal(38, 16))
            as component_amount_days

    from curve_amounts

)

select * from component_factors
