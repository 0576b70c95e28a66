-- One row per payee, month and gated component: whether the gate was met, and what a miss leaves.

with

attainments as (

    select * from {{ ref('int_incentives__component_attainments') }}

),

gates as (

    select * from {{ ref('component_gates') }}

),

kpi_values as (

    select * from {{ ref('int_incentives__kpi_values') }}

),

measured_gates as (

    select
        attainments.payee_id,
        attainments.period_start,
        attainments.component_id,
        gates.gate_id,
        gates.gate_name,
        gates.kpi,
        gates.scope_type,
        {{ resolved_scope_id('gates', 'attainments') }} as scope_id,
        gates.measure,
        cast(gates.threshold as decimal(28, 4)) as threshold,
        cast(gates.miss_factor as decimal(9, 4)) as miss_factor,
        kpi_values.unit,
        kpi_values.value,
        kpi_values.target,
        kpi_values.attainment,
        cast({{ measured_number('gates') }} as decimal(28, 10)) as measured,
        coalesce(kpi_values.is_final, false) as is_final,
        {{ missing_number_message('gates', 'attainments') }} as missing_message,
        {{ is_beyond_target('gates') }} as is_beyond_target

    from attainments
    inner join gates
        on attainments.gate_id = gates.gate_id
        and {{ is_in_force('gates', 'attainments.period_start') }}
    left join kpi_values
        on {{ join_measured_kpi('gates', 'attainments') }}

),

-- A missing number leaves the gate undecided: never met, never missed.
judged_gates as (

    select
        *,
        is_beyond_target or measured >= threshold as is_met,
        case
            when is_beyond_target or measured >= threshold then cast(1 as decimal(9, 4))
            when measured < threshold then miss_factor
        end as gate_factor,
        case when not is_beyond_target then missing_message end as reason_message

    from measured_gates

)

select * from judged_gates
