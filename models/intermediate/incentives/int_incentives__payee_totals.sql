-- One row per payee and month: the sum of the components, times the multiplier, under the cap.
-- Exact until here; each total is rounded once to cents, half away from zero.

with

member_periods as (

    select * from {{ ref('int_incentives__member_periods') }}

),

component_sums as (

    select * from {{ ref('int_incentives__component_sums') }}

),

multipliers as (

    select * from {{ ref('int_incentives__plan_multipliers') }}

),

multiplied_sums as (

    select
        member_periods.payee_id,
        member_periods.period_start,
        member_periods.period_days,
        summed.sum_amount_days,
        {{ product('summed.sum_amount_days', 16, 'multipliers.multiplier', 4) }}
            as multiplied_amount_days,
        {{ product('member_periods.target_amount_days', 2, 'member_periods.cap_share', 4) }}
            as cap_amount_days,
        coalesce(summed.is_final and multipliers.is_final, false) as is_final,
        case
            when summed.payee_id is null then 'the plan has no component in force'
            when multipliers.measured is not null and multipliers.multiplier is null
                then 'no tier of ' || multipliers.multiplier_id || ' covers the result'
            else coalesce(summed.reason, multipliers.reason)
        end as reason

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
        is_final,
        reason

    from multiplied_sums

)

select * from payee_totals
