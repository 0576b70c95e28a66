-- One row per payee, month and component: the factor of its curve, and what the gate leaves of it.

with

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
gated_factors as (

    select
        attainments.payee_id,
        attainments.period_start,
        attainments.component_id,
        attainments.component_order,
        attainments.payout_basis,
        attainments.weight,
        curve_factors.curve_factor,
        case
            when attainments.gate_id is null then cast(1 as decimal(9, 4))
            else gate_results.gate_factor
        end as gate_factor,
        attainments.is_final and coalesce(gate_results.is_final, attainments.gate_id is null)
            as is_final,
        coalesce(
            attainments.reason,
            gate_results.reason,
            case
                when attainments.gate_id is not null and gate_results.gate_id is null
                    then 'gate ' || attainments.gate_id || ' is not in force'
            end
        ) as reason

    from attainments
    inner join curve_factors
        on attainments.payee_id = curve_factors.payee_id
        and attainments.period_start = curve_factors.period_start
        and attainments.component_id = curve_factors.component_id
    left join gate_results
        on attainments.payee_id = gate_results.payee_id
        and attainments.period_start = gate_results.period_start
        and attainments.component_id = gate_results.component_id

),

component_factors as (

    select
        *,
        cast({{ product('curve_factor', 14, 'gate_factor', 4) }} as decimal(38, 14)) as factor

    from gated_factors

)

select * from component_factors
