-- One row per payee, month and component: the KPI it is paid on, or why that number is missing.

{% set has_highest_factor = "(cap is not null or curve in ('step', 'interpolated', 'table'))" %}

with

member_periods as (

    select * from {{ ref('int_incentives__member_periods') }}

),

components as (

    select * from {{ ref('plan_components') }}

),

kpi_values as (

    select * from {{ ref('int_incentives__kpi_values') }}

),

commission_sums as (

    select
        payee_id,
        period_start,
        component_id,
        count(distinct deal_id) as deals,
        case when count(*) = count(exact_amount) then sum(exact_amount) end as commission_amount,
        min(case when exact_amount is null then deal_id end) as unknown_deal_id,
        min(case when exact_amount is null then reason_code end) as unknown_code

    from {{ ref('int_incentives__commissions') }}
    group by payee_id, period_start, component_id

),

-- A weight shares out a target amount; a component paid by value or by deals has none.
measured_components as (

    select
        member_periods.payee_id,
        member_periods.period_start,
        member_periods.currency_code,
        components.component_id,
        components.component_order,
        components.component_name,
        components.kpi,
        kpi_values.kpi_label,
        components.scope_type,
        {{ resolved_scope_id('components', 'member_periods') }} as scope_id,
        components.measure,
        components.curve,
        components.payout_basis,
        case components.payout_basis
            when 'target_amount' then cast(components.weight as decimal(9, 4))
        end as weight,
        cast(components.threshold as decimal(28, 4)) as threshold,
        cast(components.cap as decimal(9, 4)) as cap,
        components.gate_id,
        kpi_values.unit,
        kpi_values.value,
        kpi_values.target,
        kpi_values.attainment,
        cast({{ measured_number('components') }} as decimal(28, 10)) as measured_number,
        coalesce(kpi_values.is_final, false) as is_final,
        coalesce(
            {{ missing_number_message('components', 'member_periods') }},
            case components.payout_basis
                when 'kpi_value' then {{ missing_value_message('components') }}
            end,
            case
                when commissions.unknown_deal_id is not null
                    then {{ message('pay.reason.no_commission', {
                        'deal': 'commissions.unknown_deal_id', 'code': 'commissions.unknown_code'
                    }) }}
            end
        ) as missing_message,
        components.payout_basis = 'target_amount' and {{ is_beyond_target('components') }}
            as is_beyond_target,
        {{ measured_number('components') }} is null
        and {{ earns_nothing('components') }} as earns_nothing,
        coalesce(commissions.deals, 0) as deals,
        cast(
            case when commissions.payee_id is null then 0 else commissions.commission_amount end
            as decimal(38, 14)
        ) as commission_amount

    from member_periods
    inner join components
        on member_periods.plan_id = components.plan_id
        and {{ is_in_force('components', 'member_periods.period_start') }}
    left join kpi_values
        on {{ join_measured_kpi('components', 'member_periods') }}
    left join commission_sums as commissions
        on member_periods.payee_id = commissions.payee_id
        and member_periods.period_start = commissions.period_start
        and components.component_id = commissions.component_id

),

-- Money paid back is given back by whoever was paid a rate of it; of a target nothing is owed.
component_attainments as (

    select
        *,
        case when earns_nothing then 0 else measured_number end as measured,
        case
            when earns_nothing then 0
            when missing_message is not null then null
            when payout_basis = 'kpi_value' then value
            when payout_basis = 'deals' then cast(commission_amount as decimal(28, 10))
            else greatest(measured_number, 0)
        end as payout_base,
        is_beyond_target and {{ has_highest_factor }} as is_highest_factor,
        case
            when earns_nothing then null
            when not is_beyond_target then missing_message
            when not {{ has_highest_factor }}
                then {{ message('pay.reason.beyond_target', {'kpi': 'coalesce(kpi_label, kpi)'}) }}
        end as reason_message

    from measured_components

)

select * from component_attainments
