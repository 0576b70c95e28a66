-- One row per payee, month and gated component: the line with what the gate takes (0.00 when met).

with

gate_results as (

    select * from {{ ref('int_incentives__gate_results') }}

),

attainments as (

    select * from {{ ref('int_incentives__component_attainments') }}

),

line_amounts as (

    select * from {{ ref('int_incentives__line_amounts') }}

),

gate_lines as (

    select
        gates.payee_id,
        gates.period_start,
        gates.component_id,
        attainments.component_order as line_order,
        'gate' as line_type,
        gates.gate_name || ' (' || attainments.component_name || ')' as label,
        case
            when gates.reason is not null then 'not available: ' || gates.reason
            when line_amounts.own_amount < 0
                then 'money paid back is taken back whether or not the gate is met'
            when gates.is_beyond_target
                then 'a value of zero is beyond any target and meets the gate of '
                    || {{ number_text('gates.threshold') }} || ': the part is paid in full'
            when gates.is_met
                then gates.measure || ' ' || {{ number_text('gates.measured') }}
                    || ' meets the gate of ' || {{ number_text('gates.threshold') }}
                    || ': the part is paid in full'
            else
                gates.measure || ' ' || {{ number_text('gates.measured') }}
                || ' misses the gate of ' || {{ number_text('gates.threshold') }}
                || ': part x ' || {{ number_text('gates.miss_factor') }}
        end as explanation,
        gates.kpi,
        gates.scope_type,
        gates.scope_id,
        gates.value,
        gates.target,
        gates.attainment,
        cast(gates.gate_factor as decimal(38, 14)) as factor,
        line_amounts.gate_amount as amount

    from gate_results as gates
    inner join attainments
        on gates.payee_id = attainments.payee_id
        and gates.period_start = attainments.period_start
        and gates.component_id = attainments.component_id
    left join line_amounts
        on gates.payee_id = line_amounts.payee_id
        and gates.period_start = line_amounts.period_start
        and gates.component_id = line_amounts.component_id

)

select * from gate_lines
