-- One row per payee, month and component: the factor of its curve, what the other side leaves of
-- it, and the exact amount that makes before the company's result. Amounts are multiplied by
-- `divisor`, the days of the month or units common to all months, by which the total is divided
-- once.

{% set is_not_due = 'coalesce(not attainments.is_due, false)' %}
{% set month_base_units = product(
    product('weight', 4, 'target_amount_days', 2), 6, whole_quotient('divisor', 'period_days'), 0
) %}

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
-- A missed gate makes nobody keep money that was paid back. Months are only added up in units that
-- divide all of them.
gated_factors as (

    select
        attainments.payee_id,
        attainments.period_start,
        attainments.component_id,
        attainments.component_order,
        attainments.payout_basis,
        attainments.weight,
        attainments.judged_on,
        attainments.judged_start,
        attainments.base_units_so_far,
        {{ is_not_due }} as is_not_due,
        member_periods.period_days,
        member_periods.target_amount_days,
        case
            when
                max(
                    case when coalesce(attainments.judged_on, 'month') = 'month' then 0 else 1 end
                ) over (partition by attainments.payee_id, attainments.period_start) = 1
                then {{ common_days() }}
            else member_periods.period_days
        end as divisor,
        curve_factors.curve_factor,
        curve_factors.limited_factor,
        coalesce(curve_factors.limited_factor, curve_factors.curve_factor) as paid_factor,
        case
            when attainments.gate_id is null or {{ is_not_due }}
                then cast(1 as decimal(9, 4))
            when curve_factors.curve_factor < 0 and gate_results.gate_factor is not null
                then cast(1 as decimal(9, 4))
            else gate_results.gate_factor
        end as gate_factor,
        attainments.is_final
        and coalesce(gate_results.is_final, attainments.gate_id is null or {{ is_not_due }})
            as is_final,
        coalesce(
            attainments.reason_message,
            gate_results.reason_message,
            case
                when
                    attainments.gate_id is not null and gate_results.gate_id is null
                    and not {{ is_not_due }}
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

-- What is paid by value or by deals has no target amount to weigh or to prorate. What a month adds
-- to the target is kept beside what is paid of it now, for the cap.
based_factors as (

    select
        *,
        cast({{ month_base_units }} as decimal(38, 6)) as month_base_units,
        cast(
            case
                when is_not_due then 0
                when payout_basis != 'target_amount' then divisor
                when judged_on in ('quarter', 'year_to_date') then base_units_so_far
                else {{ month_base_units }}
            end as decimal(38, 6)
        ) as base_amount_days

    from gated_factors

),

owed_amounts as (

    select
        *,
        cast({{ product('paid_factor', 14, 'gate_factor', 4) }} as decimal(38, 14)) as factor,
        cast({{ product('base_amount_days', 6, 'curve_factor', 14) }} as decimal(38, 16))
            as own_owed_days,
        cast({{ product(product('base_amount_days', 6, 'paid_factor', 14), 16, 'gate_factor', 4) }}
            as decimal(38, 16)) as owed_days

    from based_factors

),

-- Of what is owed for the year to date, what earlier months were owed is taken off.
paid_amounts as (

    select
        *,
        {% for owed, before in [
            ('own_owed_days', 'own_paid_before_days'), ('owed_days', 'paid_before_days')
        ] %}
        case
            when judged_on = 'year_to_date'
                then lag({{ owed }}, 1, cast(0 as decimal(38, 16))) over earlier_months
            else cast(0 as decimal(38, 16))
        end as {{ before }}{{ ',' if not loop.last }}
        {% endfor %}

    from owed_amounts
    window earlier_months as (
        partition by payee_id, component_id, judged_start
        order by period_start
    )

),

component_factors as (

    select
        *,
        cast(own_owed_days - own_paid_before_days as decimal(38, 16)) as own_amount_days,
        cast(owed_days - paid_before_days as decimal(38, 16)) as component_amount_days

    from paid_amounts

)

select * from component_factors
