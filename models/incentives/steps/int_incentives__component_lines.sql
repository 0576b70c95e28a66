-- One row per payee, month, component and line of it (what it earns, what its gate takes): the
-- arithmetic before amounts are rounded. Every number of it is exact.

with

attainments as (

    select * from {{ ref('int_incentives__component_attainments') }}

),

factors as (

    select * from {{ ref('int_incentives__component_factors') }}

),

member_periods as (

    select * from {{ ref('int_incentives__member_periods') }}

),

gates as (

    select * from {{ ref('int_incentives__gate_results') }}

),

judged_components as (

    select
        attainments.*,
        factors.curve_factor,
        factors.limited_factor,
        case
            when attainments.judged_on in ('quarter', 'year_to_date')
                then {{ round_to_cents('attainments.target_units_so_far', common_days()) }}
            else member_periods.target_amount
        end as target_amount,
        {{ round_to_cents('factors.own_paid_before_days', 'factors.divisor') }}
            as paid_before_amount,
        member_periods.active_days,
        member_periods.period_days,
        {{ as_measured('attainments.measured', 'attainments.measure', 'attainments.unit') }}
            as measured_value,
        case
            when not attainments.is_due then 'not_due'
            when attainments.reason_message is not null then 'not_available'
            when attainments.payout_basis = 'deals' then 'by_deal'
            when attainments.measured < attainments.threshold and attainments.payout_base >= 0
                then 'below_threshold'
            when attainments.is_highest_factor then 'beyond_target'
            when attainments.payout_basis = 'kpi_value' then 'by_value'
            when attainments.curve <> 'linear' then 'by_tier'
            when attainments.measured > attainments.cap then 'capped'
            when attainments.measured < 0 then 'negative'
            else 'in_proportion'
        end as outcome

    from attainments
    inner join factors
        on attainments.payee_id = factors.payee_id
        and attainments.period_start = factors.period_start
        and attainments.component_id = factors.component_id
    inner join member_periods
        on attainments.payee_id = member_periods.payee_id
        and attainments.period_start = member_periods.period_start

),

component_lines as (

    select
        payee_id,
        period_start,
        component_id,
        component_order,
        1 as part_order,
        'component' as line_type,
        component_name,
        cast(null as string) as gate_name,
        outcome,
        case
            when outcome = 'not_available'
                then {{ message('pay.not_available', {'reason': as_message('reason_message')}) }}
            when outcome = 'not_due' then {{ message('pay.component.not_due') }}
            when outcome = 'below_threshold'
                then {{ message('pay.component.below_threshold', {
                    'measure': 'measure', 'measured': 'measured_value',
                    'threshold': as_measured('threshold', 'measure', 'unit')
                }) }}
            else {{ message('pay.component.earned', {
                'outcome': 'outcome', 'measure': 'measure', 'measured': 'measured_value',
                'curve': 'curve', 'factor': as_number('curve_factor', 14),
                'cap': as_measured('cap', 'measure', 'unit'),
                'weight': as_percent('weight', 12),
                'target': as_exact_money(
                    "case payout_basis when 'target_amount' then target_amount end", 'currency_code'
                ),
                'deals': 'deals', 'judged_on': "coalesce(judged_on, 'month')",
                'paid_before': as_exact_money(
                    "case judged_on when 'year_to_date' then paid_before_amount end",
                    'currency_code'
                ),
                'is_part': "active_days < period_days and coalesce(judged_on, 'month') = 'month'",
                'days': 'active_days', 'of': 'period_days'
            }) }}
        end as explanation_message,
        kpi,
        scope_type,
        scope_id,
        value,
        target,
        attainment,
        case payout_basis when 'target_amount' then curve_factor end as factor

    from judged_components

),

-- A missed gate takes nothing from what is taken back.
judged_gates as (

    select
        gates.*,
        components.component_order,
        components.component_name,
        components.limited_factor,
        case
            when gates.reason_message is not null then 'not_available'
            when gates.effect = 'table' then 'column'
            when gates.effect = 'weakest_link'
                then case when components.limited_factor is null then 'not_lower' else 'lower' end
            when components.curve_factor < 0 then 'paid_back'
            when gates.is_beyond_target then 'beyond_target'
            when gates.is_met then 'met'
            else 'missed'
        end as outcome

    from gates
    inner join judged_components as components
        on gates.payee_id = components.payee_id
        and gates.period_start = components.period_start
        and gates.component_id = components.component_id

),

gate_lines as (

    select
        payee_id,
        period_start,
        component_id,
        component_order,
        2 as part_order,
        'gate' as line_type,
        component_name,
        gate_name,
        outcome,
        case
            when outcome = 'not_available'
                then {{ message('pay.not_available', {'reason': as_message('reason_message')}) }}
            else {{ message('pay.gate', {
                'outcome': 'outcome', 'measure': 'measure',
                'measured': as_measured('measured', 'measure', 'unit'),
                'threshold': as_measured('threshold', 'measure', 'unit'),
                'miss_factor': as_number('miss_factor', 4)
            }) }}
        end as explanation_message,
        kpi,
        scope_type,
        scope_id,
        value,
        target,
        attainment,
        cast(
            case
                when effect = 'weakest_link' then limited_factor
                when effect = 'table' then null
                else gate_factor
            end as decimal(38, 14)
        ) as factor

    from judged_gates

)

select * from component_lines
union all
select * from gate_lines
