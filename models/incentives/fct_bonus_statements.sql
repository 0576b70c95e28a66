-- One row per payee and month: what the plan in force and shared pools pay, or which number is
-- missing for it. A negative month is not paid back in cash: it is carried until later months have
-- made up for it, and so is a recoverable draw that was not earned.

with

-- A draw belongs to a plan: whoever left it is owed none.
drawn_totals as (

    select
        totals.*,
        {% for kind in ['recoverable', 'guaranteed'] %}
        cast(
            case when draws.kind = '{{ kind }}' then draws.draw_amount else 0 end as decimal(28, 2)
        ) as {{ kind }}_amount{{ ',' if not loop.last }}
        {% endfor %}

    from {{ ref('int_incentives__statement_totals') }} as totals
    left join {{ ref('draws') }} as draws
        on totals.payee_id = draws.payee_id
        and totals.plan_id is not null
        and {{ is_in_force('draws', 'totals.period_start') }}

),

running_totals as (

    select
        *,
        count(earned_amount) over (partition by payee_id order by period_start) as known_months,
        sum(coalesce(earned_amount - recoverable_amount, 0)) over (
            partition by payee_id, currency_code order by period_start
        ) as running_amount

    from drawn_totals

),

-- What is owed is how far the running total lies below the highest it has been (at least zero).
running_balances as (

    select
        *,
        cast(
            running_amount - greatest(
                max(running_amount) over (
                    partition by payee_id, currency_code order by period_start
                ), 0
            ) as decimal(28, 2)
        ) as balance_amount

    from running_totals

),

brought_forward as (

    select
        *,
        cast(coalesce(
            lag(balance_amount) over (
                partition by payee_id, currency_code order by period_start
            ), 0
        ) as decimal(28, 2)) as brought_forward_amount,
        lag(balance_amount) over (partition by payee_id order by period_start) < 0
        and lag(currency_code) over (partition by payee_id order by period_start) <> currency_code
            as leaves_balance_behind

    from running_balances

),

-- A month that is not known may have to be made up for: until it is, no later one is known either.
-- Without a component paid by value, a draw and a balance a month cannot fall below zero, and
-- before the first known month nothing was paid that could be taken back.
chained_months as (

    select
        *,
        coalesce(
            max(
                case
                    when earned_amount is null and known_months > 0
                        and (
                            is_paid_by_value or recoverable_amount > 0 or brought_forward_amount < 0
                        ) then 1
                    else 0
                end
            ) over earlier_months, 0
        ) = 1 as is_balance_unknown,
        coalesce(max(case when is_final then 0 else 1 end) over earlier_months, 0) = 1
            as is_after_provisional,
        max(case when leaves_balance_behind then 1 else 0 end) over (
            partition by payee_id order by period_start
        ) = 1 as is_balance_in_other_currency

    from brought_forward
    window earlier_months as (
        partition by payee_id
        order by period_start
        rows between unbounded preceding and 1 preceding
    )

),

reasoned_months as (

    select
        *,
        case
            when missing_message is not null then missing_message
            when is_balance_in_other_currency then {{ message('pay.reason.balance_currency') }}
            when is_balance_unknown then {{ message('pay.reason.balance_unknown') }}
        end as blocking_message,
        not is_final or (brought_forward_amount < 0 and is_after_provisional) as is_provisional,
        brought_forward_amount + earned_amount as open_amount

    from chained_months

),

-- A period stays open until the close signs it.
statements as (

    select
        months.payee_id,
        people.person_name as payee_name,
        {% for column in [
            'department_id', 'period_start', 'period_end', 'plan_id', 'plan_version', 'plan_name',
            'plan_valid_from', 'plan_valid_to', 'active_days', 'period_days', 'target_amount',
            'amount_before_company', 'cap_amount', 'bonus_amount', 'pool_amount', 'earned_amount',
            'currency_code',
        ] %}
        months.{{ column }},
        {% endfor %}
        'open' as period_state,
        {{ exact_ratio('months.amount_before_company', 'months.target_amount') }}
            as component_share,
        multipliers.multiplier_name,
        multipliers.value as company_value,
        multipliers.attainment as company_attainment,
        cast(
            case when months.plan_id is null then 1 else multipliers.multiplier end as decimal(9, 4)
        ) as multiplier,
        multipliers.tier_to as multiplier_tier_to,
        months.recoverable_amount as recoverable_draw_amount,
        months.guaranteed_amount,
        case
            when months.blocking_message is null
                then cast(greatest(
                    months.guaranteed_amount - greatest(months.open_amount, 0), 0
                ) as decimal(28, 2))
        end as guarantee_paid_amount,
        case
            when not months.is_balance_unknown and not months.is_balance_in_other_currency
                then months.brought_forward_amount
        end as balance_brought_forward_amount,
        case
            when months.blocking_message is null
                then cast(greatest(
                    months.open_amount, months.recoverable_amount, months.guaranteed_amount
                ) as decimal(28, 2))
        end as payable_amount,
        case
            when months.blocking_message is null
                then cast(
                    least(months.open_amount - months.recoverable_amount, 0) as decimal(28, 2)
                )
        end as balance_carried_amount,
        case
            when months.blocking_message is not null then 'incomplete'
            when months.is_provisional then 'provisional'
            else 'complete'
        end as status,
        case
            when months.blocking_message is not null then months.blocking_message
            when not months.is_final then {{ message('pay.reason.not_final') }}
            when months.is_provisional then {{ message('pay.reason.balance_not_final') }}
        end as reason_message

    from reasoned_months as months
    left join {{ ref('int_incentives__plan_multipliers') }} as multipliers
        on months.payee_id = multipliers.payee_id
        and months.period_start = multipliers.period_start
    left join {{ ref('dim_people') }} as people
        on months.payee_id = people.person_id

)

select * from statements
