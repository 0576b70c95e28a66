-- One row per payee, month and component with another side: whether the gate was met and what a
-- miss leaves, or how far the other side came, where that limits the component or reads its table.

with

gates as (

    select * from {{ ref('component_gates') }}

),

components as (

    select
        member_periods.payee_id,
        member_periods.period_start,
        member_periods.period_days,
        member_periods.currency_code,
        components.component_id,
        components.judged_on,
        components.gate_id,
        {{ is_due('components', 'member_periods') }} as is_due,
        {{ judged_start('components', 'member_periods') }} as judged_start

    from {{ ref('int_incentives__member_periods') }} as member_periods
    inner join {{ ref('plan_components') }} as components
        on member_periods.plan_id = components.plan_id
        and {{ is_in_force('components', 'member_periods.period_start') }}
    where components.gate_id is not null

),

{% set gated_components %}
components
    inner join gates
        on components.gate_id = gates.gate_id
        and {{ is_in_force('gates', 'components.period_start') }}
{% endset %}
{{ judged_values('gates', gated_components) }},

measured_gates as (

    select
        components.payee_id,
        components.period_start,
        components.component_id,
        gates.gate_id,
        gates.gate_name,
        gates.kpi,
        gates.scope_type,
        {{ resolved_scope_id('gates', 'components') }} as scope_id,
        gates.measure,
        coalesce(gates.effect, 'gate') as effect,
        cast(gates.threshold as decimal(28, 4)) as threshold,
        cast(gates.miss_factor as decimal(9, 4)) as miss_factor,
        kpi_values.unit,
        kpi_values.value,
        kpi_values.target,
        kpi_values.attainment,
        cast({{ measured_number('gates') }} as decimal(28, 10)) as measured,
        coalesce(kpi_values.is_final, false) as is_final,
        {{ missing_number_message('gates', 'components') }} as missing_message,
        {{ is_beyond_target('gates') }} as is_beyond_target

    from {{ gated_components }}
    inner join kpi_values
        on components.payee_id = kpi_values.payee_id
        and components.period_start = kpi_values.period_start
        and components.component_id = kpi_values.component_id
    where components.is_due

),

-- A missing number leaves the gate undecided: never met, never missed.
judged_gates as (

    select
        *,
        is_beyond_target or measured >= threshold as is_met,
        case
            when effect != 'gate' and (is_beyond_target or measured is not null)
                then cast(1 as decimal(9, 4))
            when is_beyond_target or measured >= threshold then cast(1 as decimal(9, 4))
            when measured < threshold then miss_factor
        end as gate_factor,
        case when not is_beyond_target then missing_message end as reason_message

    from measured_gates

)

select * from judged_gates
