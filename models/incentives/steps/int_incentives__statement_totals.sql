-- One row per payee and month with a statement: the sum of the components, times the multiplier,
-- under the cap, and what the pools earn beside it, or what is missing. Everything is exact until
-- here; each total is rounded once to cents, half away from zero.

with

months as (

    select distinct
        period_start,
        period_end

    from {{ ref('fct_kpi_values') }}
    where period_type = 'month' and value is not null

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
        max(divisor) as divisor,
        sum(case when payout_basis = 'target_amount' then base_amount_days - month_base_units end)
            as cap_shift_days,
        max(
            case
                when payout_basis != 'target_amount' or judged_on = 'year_to_date' then 1
                else 0
            end
        ) = 1 as is_paid_by_value,
        min(case when is_final then 1 else 0 end) = 1 as is_final,
        min(reason_message) as reason_message

    from {{ ref('int_incentives__component_factors') }}
    group by payee_id, period_start

),

-- The target that is due now is that of the month, and of a quarter with its last month. A poor
-- result of the company makes nobody keep money that was paid back.
bonuses as (

    select
        member_periods.*,
        summed.sum_amount_days,
        case
            when summed.sum_amount_days < 0 and multipliers.multiplier is not null
                then cast(summed.sum_amount_days as decimal(38, 20))
            else {{ product('summed.sum_amount_days', 16, 'multipliers.multiplier', 4) }}
        end as multiplied_amount_days,
        coalesce(summed.divisor, member_periods.period_days) as divisor,
        cast(
            {{ product(
                'member_periods.target_amount_days', 2,
                whole_quotient(
                    'coalesce(summed.divisor, member_periods.period_days)',
                    'member_periods.period_days'
                ), 0
            ) }} + coalesce(summed.cap_shift_days, 0) as decimal(38, 6)
        ) as due_target_days,
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

    from {{ ref('int_incentives__member_periods') }} as member_periods
    inner join {{ ref('int_incentives__plan_multipliers') }} as multipliers
        on member_periods.payee_id = multipliers.payee_id
        and member_periods.period_start = multipliers.period_start
    left join component_sums as summed
        on member_periods.payee_id = summed.payee_id
        and member_periods.period_start = summed.period_start

),

capped_bonuses as (

    select
        *,
        {{ product('due_target_days', 6, 'cap_share', 4) }} as cap_amount_days

    from bonuses

),

rounded_bonuses as (

    select
        *,
        {{ round_to_cents('due_target_days', 'divisor') }} as due_target_amount,
        {{ round_to_cents('sum_amount_days', 'divisor') }} as amount_before_company,
        {{ round_to_cents('cap_amount_days', 'divisor') }} as cap_amount,
        case
            when multiplied_amount_days > cap_amount_days
                then {{ round_to_cents('cap_amount_days', 'divisor') }}
            else {{ round_to_cents('multiplied_amount_days', 'divisor') }}
        end as bonus_amount

    from capped_bonuses

),

-- The pool of a quarter that is still running waits for the quarter's last month.
pool_sums as (

    select
        pools.payee_id,
        months.period_start,
        months.period_end,
        cast({{ datediff(
            'months.period_start', 'months.period_end', 'day'
        ) }} as integer) as period_days,
        case
            when count(*) = count(pools.statement_amount)
                then cast(sum(pools.statement_amount) as decimal(28, 2))
        end as pool_amount,
        min(pools.department_id) as department_id,
        min(pools.statement_currency_code) as currency_code,
        min(case when pools.is_final then 1 else 0 end) = 1 as is_final,
        min(pools.missing_message) as reason_message

    from {{ ref('int_incentives__statement_pools') }} as pools
    inner join months
        on pools.statement_period_start = months.period_start
    group by pools.payee_id, months.period_start, months.period_end

),

-- Whoever left before their pool is paid has earned their part of it all the same: without a plan
-- the bonus is zero, not unknown.
statement_totals as (

    select
        {% for column in [
            'payee_id', 'period_start', 'period_end', 'period_days', 'department_id',
            'currency_code',
        ] %}
        coalesce(bonuses.{{ column }}, pools.{{ column }}) as {{ column }},
        {% endfor %}
        bonuses.plan_id,
        bonuses.plan_version,
        bonuses.plan_name,
        bonuses.plan_valid_from,
        bonuses.plan_valid_to,
        case when bonuses.payee_id is null then 0 else bonuses.active_days end as active_days,
        {% for amount in ['target_amount', 'amount_before_company', 'bonus_amount'] %}
        cast(
            case when bonuses.payee_id is null then 0 else bonuses.{{ amount }} end
            as decimal(28, 2)
        ) as {{ amount }},
        {% endfor %}
        bonuses.cap_amount,
        bonuses.due_target_amount,
        case when pools.payee_id is null then cast(0 as decimal(28, 2)) else pools.pool_amount end
            as pool_amount,
        coalesce(bonuses.is_paid_by_value, false) as is_paid_by_value,
        coalesce(bonuses.is_final, true) and coalesce(pools.is_final, true) as is_final,
        bonuses.reason_message as bonus_reason_message,
        coalesce(bonuses.reason_message, pools.reason_message) as missing_message

    from rounded_bonuses as bonuses
    full outer join pool_sums as pools
        on bonuses.payee_id = pools.payee_id
        and bonuses.period_start = pools.period_start

)

select
    *,
    case
        when missing_message is null then cast(bonus_amount + pool_amount as decimal(28, 2))
    end as earned_amount

from statement_totals
