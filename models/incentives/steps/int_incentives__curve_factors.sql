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

{{ paid_by_curve(['payee_id', 'period_start', 'component_id', 'is_limited']) }},

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
