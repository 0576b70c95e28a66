-- One row per payee and month: the sum of the components, times the multiplier, under the cap.
-- Exact until here; each total is rounded once to cents, half away from zero.

with

member_periods as (

    select * from {{ ref('int_incentives__member_periods') }}

),

multipliers as (

    select * from {{ ref('int_incentives__plan_multipliers') }}

),

-- One missing number makes the whole sum missing: a sum of the others would take it as zero.
component_sums as (

    select
        payee_id,
        period_start,
        case
            when count(*) = count(component_amount_days)
                then cast(sum(component_amount_days) as decimal(38, 16))
        end as sum_amount_days,
        max(case when payout_basis = 'kpi_value' then 1 else 0 end) = 1 as is_paid_by_value,
        min(case when is_final then 1 else 0 end) = 1 as is_final,
        min(reason_message) as reason_message

    from {{ ref('int_incentives__component_factors') }}
    group by payee_id, period_start

),

-- A poor result of the company makes nobody keep money that was paid back.
multiplied_sums as (

    select
        member_periods.payee_id,
        member_periods.period_start,
        member_periods.period_days,
        summed.sum_amount_days,
        case
            when summed.sum_amount_days < 0 and multipliers.multiplier is not null
                then cast(summed.sum_amount_days as decimal(38, 20))
            else {{ product('summed.sum_amount_days', 16, 'multipliers.multiplier', 4) }}
        end as multiplied_amount_days,
        {{ product('member_periods.target_amount_days', 2, 'member_periods.cap_share', 4) }}
            as cap_amount_days,
        coalesce(summed.is_paid_by_value, false) as is_paid_by_value,
        coalesce(summed.is_final and multipliers.is_final, false) as is_final,
        case
            when summed.payee_id is null then {{ message('pay.reason.no_component') }}
            when multipliers.measured is not null and multipliers.multiplier is null
                then {{ message('pay.reason.no_tier', {
                    'multiplier': 'multipliers.multiplier_name'
                }) }}
            else coalesce(summed.reason_message, multipliers.reason_message)
        end as reason_message

    from member_periods
    inner join multipliers
        on member_periods.payee_id = multipliers.payee_id
        and member_periods.period_start = multipliers.period_start
    left join component_sums as summed
        on member_periods.payee_id = summed.payee_id
        and member_periods.period_start = summed.period_start

),

payee_totals as (

    select
        payee_id,
        period_start,
        {{ round_to_cents('sum_amount_days', 'period_days') }} as amount_before_company,
        {{ round_to_cents('cap_amount_days', 'period_days') }} as cap_amount,
        case
            when multiplied_amount_days > cap_amount_days
                then {{ round_to_cents('cap_amount_days', 'period_days') }}
            else {{ round_to_cents('multiplied_amount_days', 'period_days') }}
        end as bonus_amount,
        is_paid_by_value,
        is_final,
        reason_message

    from multiplied_sums

)

select * from payee_totals
