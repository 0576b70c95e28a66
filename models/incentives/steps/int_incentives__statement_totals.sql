-- One row per payee and month with a statement: what the plan and the pools earn together, or what
-- is missing. Whoever left before their pool is paid has earned their part of it all the same.

with

member_periods as (

    select * from {{ ref('int_incentives__member_periods') }}

),

totals as (

    select * from {{ ref('int_incentives__payee_totals') }}

),

months as (

    select * from {{ ref('int_incentives__periods') }}
    where period_type = 'month'

),

pool_totals as (

    select
        payee_id,
        statement_period_start as period_start,
        case
            when count(*) = count(statement_amount)
                then cast(sum(statement_amount) as decimal(28, 2))
        end as pool_amount,
        min(department_id) as department_id,
        min(statement_currency_code) as currency_code,
        min(case when is_final then 1 else 0 end) = 1 as is_final,
        min(reason_message) as reason_message

    from {{ ref('int_incentives__statement_pools') }}
    group by payee_id, statement_period_start

),

{% set plan_columns = [
    'plan_id', 'plan_version', 'plan_name', 'plan_valid_from', 'plan_valid_to',
] %}
{% set columns = [
    'period_days', 'active_days', 'target_amount', 'department_id', 'currency_code',
] %}

statement_periods as (

    select
        payee_id,
        period_start,
        period_end,
        {{ (plan_columns + columns) | join(', ') }}
    from member_periods

    union all

    select
        pool_totals.payee_id,
        months.period_start,
        months.period_end,
        {% for column in plan_columns %}
        null as {{ column }},
        {% endfor %}
        cast({{ datediff(
            'months.period_start', 'months.period_end', 'day'
        ) }} as integer) as period_days,
        0 as active_days,
        cast(0 as decimal(28, 2)) as target_amount,
        pool_totals.department_id,
        pool_totals.currency_code
    from pool_totals
    inner join months
        on pool_totals.period_start = months.period_start
    left join member_periods
        on pool_totals.payee_id = member_periods.payee_id
        and pool_totals.period_start = member_periods.period_start
    where member_periods.payee_id is null

),

-- Without a plan its bonus is zero, not unknown.
joined_totals as (

    select
        periods.*,
        case when periods.plan_id is null then 0 else totals.amount_before_company end
            as amount_before_company,
        totals.cap_amount,
        case when periods.plan_id is null then 0 else totals.bonus_amount end as bonus_amount,
        case
            when pool_totals.payee_id is null then cast(0 as decimal(28, 2))
            else pool_totals.pool_amount
        end as pool_amount,
        coalesce(totals.is_paid_by_value, false) as is_paid_by_value,
        coalesce(totals.is_final, true) and coalesce(pool_totals.is_final, true) as is_final,
        coalesce(totals.reason_message, pool_totals.reason_message) as missing_message

    from statement_periods as periods
    left join totals
        on periods.payee_id = totals.payee_id
        and periods.period_start = totals.period_start
    left join pool_totals
        on periods.payee_id = pool_totals.payee_id
        and periods.period_start = pool_totals.period_start

),

statement_totals as (

    select
        payee_id,
        period_start,
        period_end,
        {{ (plan_columns + columns) | join(', ') }},
        cast(amount_before_company as decimal(28, 2)) as amount_before_company,
        cap_amount,
        cast(bonus_amount as decimal(28, 2)) as bonus_amount,
        pool_amount,
        case
            when missing_message is null then cast(bonus_amount + pool_amount as decimal(28, 2))
        end as earned_amount,
        is_paid_by_value,
        is_final,
        missing_message

    from joined_totals

)

select * from statement_totals
