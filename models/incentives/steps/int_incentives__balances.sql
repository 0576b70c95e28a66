-- One row per payee and month: the balance brought forward, what is payable, and what is carried. A
-- negative month is not paid back in cash: it is carried until later months have made up for it.

with

totals as (

    select * from {{ ref('int_incentives__statement_totals') }}

),

running_totals as (

    select
        *,
        count(earned_amount) over (
            partition by payee_id
            order by period_start
            rows between unbounded preceding and current row
        ) as known_months,
        sum(coalesce(earned_amount, 0)) over (
            partition by payee_id, currency_code
            order by period_start
            rows between unbounded preceding and current row
        ) as running_amount

    from totals

),

-- What is owed is how far the running total lies below the highest it has been (at least zero).
running_balances as (

    select
        *,
        cast(
            running_amount - greatest(
                max(running_amount) over (
                    partition by payee_id, currency_code
                    order by period_start
                    rows between unbounded preceding and current row
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
                partition by payee_id, currency_code
                order by period_start
            ), 0
        ) as decimal(28, 2)) as brought_forward_amount,
        lag(balance_amount) over (partition by payee_id order by period_start) < 0
        and lag(currency_code) over (partition by payee_id order by period_start) <> currency_code
            as leaves_balance_behind

    from running_balances

),

-- A month that is not known may have to be made up for: until it is, no later one is known either.
-- Without a component paid by value and without a balance a month cannot fall below zero, and
-- before the first known month nothing was paid that could be taken back.
chained_months as (

    select
        *,
        coalesce(
            max(
                case
                    when earned_amount is null and known_months > 0
                        and (is_paid_by_value or brought_forward_amount < 0) then 1
                    else 0
                end
            ) over earlier_months, 0
        ) = 1 as is_balance_unknown,
        coalesce(max(case when is_final then 0 else 1 end) over earlier_months, 0) = 1
            as is_after_provisional,
        max(case when leaves_balance_behind then 1 else 0 end) over (
            partition by payee_id
            order by period_start
            rows between unbounded preceding and current row
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
        not is_final or (brought_forward_amount < 0 and is_after_provisional) as is_provisional

    from chained_months

),

balances as (

    select
        payee_id,
        period_start,
        currency_code,
        case
            when not is_balance_unknown and not is_balance_in_other_currency
                then brought_forward_amount
        end as brought_forward_amount,
        case
            when blocking_message is null
                then cast(greatest(brought_forward_amount + earned_amount, 0) as decimal(28, 2))
        end as payable_amount,
        case
            when blocking_message is null
                then cast(least(brought_forward_amount + earned_amount, 0) as decimal(28, 2))
        end as carried_amount,
        case
            when blocking_message is not null then 'incomplete'
            when is_provisional then 'provisional'
            else 'complete'
        end as status,
        case
            when blocking_message is not null then blocking_message
            when not is_final then {{ message('pay.reason.not_final') }}
            when is_provisional then {{ message('pay.reason.balance_not_final') }}
        end as reason_message

    from reasoned_months

)

select * from balances
