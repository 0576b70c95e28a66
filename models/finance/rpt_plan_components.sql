-- One row per month, plan in force and component: what it is paid on, how, and behind which gate.

with

plan_months as (

    select * from {{ ref('int_finance__plan_months') }}

),

components as (

    select * from {{ ref('plan_components') }}

),

gates as (

    select * from {{ ref('component_gates') }}

),

catalogue as (

    select * from {{ ref('dim_kpis') }}

),

plan_components as (

    select
        plan_months.period_start,
        plan_months.period_label,
        plan_months.plan_id,
        plan_months.plan_name,
        components.component_id,
        components.component_order,
        components.component_name,
        components.kpi,
        gates.kpi as gate_kpi,
        {{ rule_kpi_message('components', 'catalogue') }} as kpi_text_message,
        '/definitions/#' || components.kpi as kpi_link,
        cast(components.weight as decimal(9, 4)) as weight,
        case
            when components.payout_basis = 'deals' then {{ message('pay.curve_by_deal', {
                'products': "replace(terms.product_line_ids, '|', ', ')",
                'margin': as_percent('terms.minimum_margin', 12),
                'closing': as_percent('nullif(terms.closing_share, 0)', 12),
                'days': 'terms.lapse_days',
                'residual': as_percent('terms.residual_rate', 12),
                'months': 'terms.residual_months'
            }) }}
            else {{ message('pay.curve', {
                'curve': 'components.curve', 'measure': 'components.measure',
                'threshold': as_measured(
                    'components.threshold', 'components.measure', 'catalogue.unit'
                ),
                'cap': as_number('components.cap', 4),
                'judged_on': "coalesce(components.judged_on, 'month')"
            }) }}
        end as curve_text_message,
        case
            when gates.gate_id is null then {{ message('pay.no_gate') }}
            else {{ message('pay.gate_rule', {
                'gate': 'gates.gate_name',
                'kpi': as_message(rule_kpi_message('gates', 'gate_kpis')),
                'threshold': as_measured('gates.threshold', 'gates.measure', 'gate_kpis.unit'),
                'measure': 'gates.measure', 'effect': "coalesce(gates.effect, 'gate')",
                'miss_factor': as_number('gates.miss_factor', 4)
            }) }}
        end as gate_text_message

    from plan_months
    inner join components
        on plan_months.plan_id = components.plan_id
        and {{ is_in_force('components', 'plan_months.period_start') }}
    left join gates
        on components.gate_id = gates.gate_id
        and {{ is_in_force('gates', 'plan_months.period_start') }}
    left join {{ ref('commission_terms') }} as terms
        on components.component_id = terms.component_id
        and {{ is_in_force('terms', 'plan_months.period_start') }}
    left join catalogue
        on components.kpi = catalogue.kpi
    left join catalogue as gate_kpis
        on gates.kpi = gate_kpis.kpi

)

select * from plan_components
