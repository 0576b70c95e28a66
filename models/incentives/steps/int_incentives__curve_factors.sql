-- One row per payee, month and component: what its curve makes of the attainment, before any gate,
-- and what it makes of the other side's, where a weakest link pays on the lower one. A share of the
-- target amount, or money where the component is paid on the KPI's own value.

{% set attainment_columns = [
    'payee_id', 'period_start', 'component_id', 'curve', 'payout_basis', 'measure', 'target',
    'threshold', 'cap', 'earns_nothing', 'commission_amount',
] %}

with

-- Zero where less is better has no attainment and limits nothing.
readings as (

    {% for is_limited in ['false', 'true'] %}
    select
        {% for column in attainment_columns %}
        attainments.{{ column }},
        {% endfor %}
        {% if is_limited == 'true' %}
        gates.measured,
        greatest(gates.measured, 0) as payout_base,
        false as is_highest_factor,
        {% else %}
        attainments.measured,
        attainments.payout_base,
        attainments.is_highest_factor,
        {% endif %}
        {{ is_limited }} as is_limited,
        gates.is_beyond_target as is_last_column,
        case when gates.measured is not null then greatest(gates.measured, 0) end as column_measured

    from {{ ref('int_incentives__component_attainments') }} as attainments
    left join {{ ref('int_incentives__gate_results') }} as gates
        on attainments.payee_id = gates.payee_id
        and attainments.period_start = gates.period_start
        and attainments.component_id = gates.component_id
    {% if is_limited == 'true' %}
    where
        gates.effect = 'weakest_link'
        and gates.measured is not null
        and (attainments.is_highest_factor or gates.measured < attainments.payout_base)
    {% else %}
    union all
    {% endif %}
    {% endfor %}

),

-- Paid on the KPI's own value, tiers drawn in attainment become tiers in money (bound x target).
-- What the rate of a step is a share of: all that was attained, or the whole target.
attainments as (

    select
        *,
        case
            when payout_basis = 'kpi_value' and measure = 'attainment' then target
            else cast(1 as decimal(24, 6))
        end as bound_unit,
        case payout_basis when 'kpi_value' then payout_base else cast(1 as decimal(28, 10)) end
            as rated_base

    from readings

),

-- After the last point a curve stays flat: there is no rise. Of a table only the column counts that
-- the other side has reached.
scaled_tiers as (

    select
        attainments.payee_id,
        attainments.period_start,
        attainments.component_id,
        attainments.is_limited,
        attainments.payout_base,
        {{ product('tiers.tier_from', 4, 'attainments.bound_unit', 6) }} as slice_from,
        {{ product('tiers.tier_to', 4, 'attainments.bound_unit', 6) }} as slice_end,
        tiers.tier_from = 0 as is_bottom,
        tiers.tier_to is null as is_last,
        cast(tiers.tier_to - tiers.tier_from as decimal(28, 4)) as tier_width,
        cast(tiers.payout_rate as decimal(9, 4)) as payout_rate,
        lead(tiers.payout_rate) over (
            partition by
                attainments.payee_id, attainments.period_start, attainments.component_id,
                attainments.is_limited
            order by tiers.tier_from
        ) - tiers.payout_rate as rate_rise

    from attainments
    inner join {{ ref('component_tiers') }} as tiers
        on attainments.component_id = tiers.component_id
        and {{ is_in_force('tiers', 'attainments.period_start') }}
        and (
            tiers.other_from is null
            or (attainments.is_last_column and tiers.other_to is null)
            or (
                attainments.column_measured >= tiers.other_from
                and (tiers.other_to is null or attainments.column_measured < tiers.other_to)
            )
        )

),

-- Tiers are half-open: exactly on the edge the upper tier is reached, its slice still empty. Money
-- paid back is counted at the rate of the tier that begins with the first cent.
measured_tiers as (

    select
        *,
        payout_base >= slice_from or (payout_base < 0 and is_bottom) as is_reached,
        slice_end is null or payout_base < slice_end as is_below_end,
        cast(least(payout_base, coalesce(slice_end, payout_base)) - slice_from as decimal(28, 10))
            as slice

    from scaled_tiers

),

-- The rate each kind of curve reads off the tiers.
tier_rates as (

    select
        payee_id,
        period_start,
        component_id,
        is_limited,
        cast(sum(case when is_reached and is_below_end then payout_rate end) as decimal(9, 4))
            as top_rate,
        cast(sum(case when is_bottom then payout_rate end) as decimal(9, 4)) as base_rate,
        cast(sum(case when is_bottom then slice end) as decimal(28, 10)) as base_slice,
        cast(sum(
            case when is_reached then {{ product('payout_rate', 4, 'slice', 10) }} end
        ) as decimal(38, 14)) as sum_of_slices,
        cast(sum(
            case
                when is_reached and is_below_end
                    then payout_rate + coalesce({{
                        exact_quotient(product('rate_rise', 4, 'slice', 10), 'tier_width')
                    }}, 0)
            end
        ) as decimal(38, 14)) as interpolated_rate,
        cast(sum(case when is_last then payout_rate end) as decimal(9, 4)) as last_rate

    from measured_tiers
    group by payee_id, period_start, component_id, is_limited

),

-- "step" pays the rate of the tier reached on the whole, "marginal" each slice at its own rate,
-- "overage" the first slice at the base rate and all above it at the rate of the tier reached, a
-- "table" the cell. The last tier is open: no attainment leads past it.
curve_results as (

    select
        attainments.*,
        case
            when attainments.curve in ('linear', 'marginal', 'overage') then attainments.cap
            else least(tier_rates.last_rate, coalesce(attainments.cap, tier_rates.last_rate))
        end as highest_factor,
        cast(coalesce(
            case
                when attainments.payout_basis = 'deals' then attainments.commission_amount
                when attainments.curve = 'linear' then attainments.payout_base
                when attainments.curve in ('step', 'table')
                    then {{ product('tier_rates.top_rate', 4, 'attainments.rated_base', 10) }}
                when attainments.curve = 'marginal' then tier_rates.sum_of_slices
                when attainments.curve = 'interpolated' then tier_rates.interpolated_rate
                when attainments.curve = 'overage'
                    then {{ product('tier_rates.base_rate', 4, 'tier_rates.base_slice', 10) }}
                        + {{ product(
                            'tier_rates.top_rate', 4,
                            'attainments.payout_base - tier_rates.base_slice', 10
                        ) }}
            end, 0
        ) as decimal(38, 14)) as result

    from attainments
    left join tier_rates
        on attainments.payee_id = tier_rates.payee_id
        and attainments.period_start = tier_rates.period_start
        and attainments.component_id = tier_rates.component_id
        and attainments.is_limited = tier_rates.is_limited

),

-- A threshold keeps from being paid, not from giving back.
bounded_factors as (

    select
        payee_id,
        period_start,
        component_id,
        is_limited,
        case
            when is_highest_factor then highest_factor
            when payout_base is null then null
            when earns_nothing or (measured < threshold and payout_base >= 0) then 0
            else least(result, coalesce(cap, result))
        end as curve_factor

    from curve_results

),

curve_factors as (

    select
        payee_id,
        period_start,
        component_id,
        max(case when not is_limited then curve_factor end) as curve_factor,
        max(case when is_limited then curve_factor end) as limited_factor

    from bounded_factors
    group by payee_id, period_start, component_id

)

select * from curve_factors
