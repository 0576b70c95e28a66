{#
    CTEs that end in `bounded_factors`: what the curve of a component pays for a result, as
    `curve_factor`, and what it would pay without threshold and cap, as `result`. Of each row of
    `readings`, which `keys` tell apart, period_start and component_id among them. What is paid and the
    curves that payees are shown are both made here.

    A reading has curve, payout_basis, measure, threshold and cap of the component; what was measured and
    what is paid of it (measured, payout_base, earns_nothing, commission_amount, is_highest_factor); the
    target, where it is paid on the value of the KPI; the column of its table (column_measured,
    is_last_column).
#}
{% macro paid_by_curve(keys) -%}
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
        attainments.{{ keys | join(', attainments.') }},
        attainments.payout_base,
        {{ product('tiers.tier_from', 4, 'attainments.bound_unit', 6) }} as slice_from,
        {{ product('tiers.tier_to', 4, 'attainments.bound_unit', 6) }} as slice_end,
        tiers.tier_from = 0 as is_bottom,
        tiers.tier_to is null as is_last,
        cast(tiers.tier_to - tiers.tier_from as decimal(28, 4)) as tier_width,
        cast(tiers.payout_rate as decimal(9, 4)) as payout_rate,
        lead(tiers.payout_rate) over (
            partition by attainments.{{ keys | join(', attainments.') }}
            order by tiers.tier_from
        ) - tiers.payout_rate as rate_rise

    from attainments
    inner join {{ ref('component_tiers') }} as tiers
        on attainments.component_id = tiers.component_id
        and {{ is_in_force('tiers', 'attainments.period_start') }}
        and (
            tiers.other_from is null
            or (attainments.is_last_column and tiers.other_to is null)
            or {{ is_in_tier('tiers', 'attainments.column_measured', 'other') }}
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
        {{ keys | join(', ') }},
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
    group by {{ keys | join(', ') }}

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
        on {% for key in keys %}{{ 'and ' if not loop.first }}attainments.{{ key }} = tier_rates.{{ key }}
        {% endfor %}

),

-- A threshold keeps from being paid, not from giving back.
bounded_factors as (

    select
        *,
        case
            when is_highest_factor then highest_factor
            when payout_base is null then null
            when earns_nothing or (measured < threshold and payout_base >= 0) then 0
            else least(result, coalesce(cap, result))
        end as curve_factor

    from curve_results

)
{%- endmacro %}
