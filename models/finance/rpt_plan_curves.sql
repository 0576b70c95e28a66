-- One row per month, component of a plan in force, column of its table and point of its curve: what
-- a result pays before any gate. A jump is two points: the last result below it, and where it is.

with

plan_months as (

    select * from {{ ref('int_finance__plan_months') }}

),

kpis as (

    select * from {{ ref('dim_kpis') }}

),

component_tiers as (

    select * from {{ ref('component_tiers') }}

),

components as (

    select
        plan_months.period_start,
        plan_months.period_label,
        plan_months.plan_name,
        plan_months.department_id,
        plan_months.currency_code,
        components.component_id,
        components.component_order,
        components.component_name,
        components.curve,
        components.payout_basis,
        components.measure,
        cast(components.threshold as decimal(28, 4)) as threshold,
        cast(components.cap as decimal(9, 4)) as cap,
        coalesce(kpis.unit, 'number') as unit,
        gates.gate_name,
        gates.effect,
        gates.measure as gate_measure,
        gate_kpis.unit as gate_unit

    from plan_months
    inner join {{ ref('plan_components') }} as components
        on plan_months.plan_id = components.plan_id
        and {{ is_in_force('components', 'plan_months.period_start') }}
    left join {{ ref('component_gates') }} as gates
        on components.gate_id = gates.gate_id
        and {{ is_in_force('gates', 'plan_months.period_start') }}
    left join kpis
        on components.kpi = kpis.kpi
    left join kpis as gate_kpis
        on gates.kpi = gate_kpis.kpi

),

tiers as (

    select
        components.*,
        component_tiers.tier_from,
        component_tiers.other_from,
        component_tiers.other_to

    from components
    inner join component_tiers
        on components.component_id = component_tiers.component_id
        and {{ is_in_force('component_tiers', 'components.period_start') }}

),

-- Where a curve may bend or jump, and the target, where there is one.
bends as (

    {% for bend, is_jump, rows in [
        ('0', 'false', 'components'),
        ('1', 'false', "components where measure = 'attainment'"),
        ('threshold', 'true', 'components where threshold > 0'),
        ('tier_from', "curve in ('step', 'table', 'overage') and tier_from > 0", 'tiers'),
    ] %}
    select
        period_start,
        component_id,
        cast({{ bend }} as decimal(28, 4)) as bend,
        {{ is_jump }} as is_jump,
        case when measure = 'attainment' or unit = 'percent' then 0.0001 else 0.01 end
            as smallest_step
    from {{ rows }}
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

-- After its last bend a curve is drawn on for a fifth. A rate that never bends has no curve.
scales as (

    select
        period_start,
        component_id,
        max(bend) as last_bend,
        cast({{ product('max(bend)', 4, '0.2', 1) }} as decimal(28, 4)) as run_out

    from bends
    group by period_start, component_id
    having max(bend) > 0

),

points as (

    {% for point, is_before_jump, rows in [
        ('bend', 'false', 'bends'),
        ('bend - smallest_step', 'true', 'bends where is_jump'),
        ('last_bend + run_out', 'false', 'scales'),
    ] %}
    select
        period_start,
        component_id,
        cast({{ point }} as decimal(28, 4)) as point,
        {{ is_before_jump }} as is_before_jump
    from {{ rows }}
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

table_columns as (

    select distinct period_start, component_id, other_from, other_to
    from tiers
    where other_from is not null

),

-- Of a target of 1, what is paid on it is a share of the target. A deal has the rate of its amount.
readings as (

    select
        components.*,
        scales.last_bend,
        scales.run_out,
        points.point,
        points.is_before_jump,
        cast(coalesce(table_columns.other_from, 0) as decimal(28, 4)) as column_from,
        table_columns.other_to as column_to,
        table_columns.other_from as column_measured,
        cast(points.point as decimal(28, 10)) as measured,
        cast(points.point as decimal(28, 10)) as payout_base,
        cast(1 as decimal(24, 6)) as target,
        cast(deal_tiers.payout_rate as decimal(38, 14)) as commission_amount,
        false as earns_nothing,
        false as is_highest_factor,
        false as is_last_column

    from components
    inner join scales
        on components.period_start = scales.period_start
        and components.component_id = scales.component_id
    inner join (
        select period_start, component_id, point, min(is_before_jump) as is_before_jump
        from points
        group by period_start, component_id, point
    ) as points
        on components.period_start = points.period_start
        and components.component_id = points.component_id
    left join table_columns
        on components.period_start = table_columns.period_start
        and components.component_id = table_columns.component_id
    left join component_tiers as deal_tiers
        on components.payout_basis = 'deals'
        and components.component_id = deal_tiers.component_id
        and {{ is_in_force('deal_tiers', 'components.period_start') }}
        and {{ is_in_tier('deal_tiers', 'points.point') }}

),

{{ paid_by_curve(['period_start', 'component_id', 'column_from', 'point']) }},

-- Between two points, and after the last one, a curve is straight.
lines as (

    select
        *,
        lag(point) over up_to_here as from_point,
        lag(result) over up_to_here as from_result,
        lag(is_before_jump) over up_to_here as is_jump

    from bounded_factors
    window up_to_here as (
        partition by period_start, component_id, column_from
        order by point
    )

),

-- Where a straight line meets the cap there is a bend, too.
capped_lines as (

    select
        *,
        from_point + {{ product('cap - from_result', 14, 'point - from_point', 4) }}
        / (result - from_result) as capped_from

    from lines
    where
        cap > from_result
        and result > from_result
        and (result > cap or point > last_bend)
        and from_point >= coalesce(threshold, 0)
        and not is_jump

),

{# A line that still rises to its cap is drawn up to there, and a while after. #}
{% set is_before_cap = 'point > last_bend and result > from_result and result <= cap' %}

drawn_points as (

    {% for point, payout, rows in [
        ('point', 'curve_factor', 'lines where not coalesce(' ~ is_before_cap ~ ', false)'),
        ('capped_from', 'cap', 'capped_lines'),
        ('capped_from + run_out', 'cap', 'capped_lines where ' ~ is_before_cap),
    ] %}
    select
        period_start,
        component_id,
        column_from,
        column_to,
        cast({{ point }} as decimal(28, 4)) as result,
        cast({{ payout }} as decimal(28, 6)) as payout
    from {{ rows }}
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

-- A line may meet the cap so near to a point that both are one.
distinct_points as (

    select
        period_start,
        component_id,
        column_from,
        column_to,
        result,
        max(payout) as payout

    from drawn_points
    group by period_start, component_id, column_from, column_to, result

),

plan_curves as (

    select
        components.period_start,
        components.period_label,
        components.plan_name,
        components.department_id,
        components.component_id,
        components.component_order,
        components.component_name,
        {{ message('pay.curve_result', {
            'basis': 'components.payout_basis', 'measure': 'components.measure',
            'effect': 'components.effect',
            'currency': "case when components.payout_basis = 'deals' then '"
                ~ var('company_currency')
                ~ "' when components.unit = 'currency' then components.currency_code end"
        }) }} as result_text_message,
        {{ message('pay.curve_payout', {
            'basis': 'components.payout_basis', 'measure': 'components.measure',
            'currency': 'components.currency_code'
        }) }} as payout_text_message,
        case
            when components.curve = 'table' then {{ message('pay.curve_column', {
                'other': 'components.gate_name',
                'from': as_measured(
                    'points.column_from', 'components.gate_measure', 'components.gate_unit'
                ),
                'to': as_measured(
                    'points.column_to', 'components.gate_measure', 'components.gate_unit'
                ),
                'column': "case when points.column_to is null then 'above' when points.column_from"
                    ~ " = 0 then 'below' else 'between' end"
            }) }}
        end as column_text_message,
        points.column_from,
        points.result,
        points.payout,
        cast(case when components.measure = 'attainment' then 1 end as decimal(28, 4))
            as target_result,
        case
            when components.measure = 'value' and components.unit != 'percent' then 'num'
            else 'pct'
        end as result_format,
        case
            when components.measure = 'value' and components.payout_basis = 'kpi_value' then 'num'
            else 'pct'
        end as payout_format

    from distinct_points as points
    inner join components
        on points.period_start = components.period_start
        and points.component_id = components.component_id

)

select * from plan_curves
