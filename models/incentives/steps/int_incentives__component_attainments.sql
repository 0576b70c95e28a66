-- One row per payee, month and component: the KPI it is paid on, or why that number is missing, and
-- the part of the target amount it is paid of so far.

{% set has_highest_factor = "(cap is not null or curve in ('step', 'interpolated', 'table'))" %}

with

components as (

    select
        components.*,
        member_periods.payee_id,
        member_periods.period_start,
        member_periods.period_days,
        member_periods.currency_code,
        {{ is_due('components', 'member_periods') }} as is_due,
        {{ judged_start('components', 'member_periods') }} as judged_start,
        -- In parts of a day that every month has: 10 of 31 days have no exact decimal.
        {{ product('member_periods.target_amount_days', 2, month_units('member_periods'), 0) }}
            as target_amount_units

    from {{ ref('int_incentives__member_periods') }} as member_periods
    inner join {{ ref('plan_components') }} as components
        on member_periods.plan_id = components.plan_id
        and {{ is_in_force('components', 'member_periods.period_start') }}

),

{{ judged_values('components', 'components') }},

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
        components.payee_id,
        components.period_start,
        components.currency_code,
        components.component_id,
        components.judged_on,
        components.judged_start,
        components.is_due,
        components.component_order,
        components.component_name,
        components.kpi,
        kpi_values.kpi_label,
        components.scope_type,
        {{ resolved_scope_id('components', 'components') }} as scope_id,
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
        coalesce(kpi_values.is_final, false) or not components.is_due as is_final,
        coalesce(
            {{ missing_number_message('components', 'components') }},
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
        ) as commission_amount,
        sum(components.target_amount_units) over so_far as target_units_so_far,
        cast(sum(
            {{ product('components.weight', 4, 'components.target_amount_units', 2) }}
        ) over so_far as decimal(38, 6)) as base_units_so_far

    from components
    inner join kpi_values
        on components.payee_id = kpi_values.payee_id
        and components.period_start = kpi_values.period_start
        and components.component_id = kpi_values.component_id
    left join commission_sums as commissions
        on components.payee_id = commissions.payee_id
        and components.period_start = commissions.period_start
        and components.component_id = commissions.component_id
    window so_far as (
        partition by components.payee_id, components.component_id, components.judged_start
        order by components.period_start
        rows unbounded preceding
    )

),

-- Money paid back is given back by whoever was paid a rate of it; of a target nothing is owed.
-- Until a quarter is due nothing is owed either, whatever is known of it.
component_attainments as (

    select
        *,
        case when earns_nothing then 0 else measured_number end as measured,
        case
            when earns_nothing or not is_due then 0
            when missing_message is not null then null
            when payout_basis = 'kpi_value' then value
            when payout_basis = 'deals' then cast(commission_amount as decimal(28, 10))
            else greatest(measured_number, 0)
        end as payout_base,
        is_due and is_beyond_target and {{ has_highest_factor }} as is_highest_factor,
        case
            when earns_nothing or not is_due then null
            when not is_beyond_target then missing_message
            when not {{ has_highest_factor }}
                then {{ message('pay.reason.beyond_target', {'kpi': 'coalesce(kpi_label, kpi)'}) }}
        end as reason_message

    from measured_components

)

select * from component_attainments
