-- One row per payee, month and step from the sum of the components to the bonus: multiplier, cap,
-- rounding. Each is what a reader gets from the amounts shown; the rounding closes the difference.

with

statement_totals as (

    select * from {{ ref('int_incentives__statement_totals') }}

),

multipliers as (

    select * from {{ ref('int_incentives__plan_multipliers') }}

),

member_periods as (

    select * from {{ ref('int_incentives__member_periods') }}

),

multiplied_totals as (

    select
        multipliers.*,
        totals.amount_before_company,
        totals.cap_amount,
        totals.due_target_amount,
        totals.bonus_amount,
        case
            when totals.bonus_amount is not null
                then {{ round_to_cents(product(
                    'greatest(totals.amount_before_company, 0)', 2, 'multipliers.multiplier - 1', 4
                )) }}
        end as multiplier_amount

    from multipliers
    left join statement_totals as totals
        on multipliers.payee_id = totals.payee_id
        and multipliers.period_start = totals.period_start
        and totals.bonus_reason_message is null

),

capped_totals as (

    select
        totals.*,
        totals.amount_before_company + totals.multiplier_amount as multiplied_amount,
        least(totals.amount_before_company + totals.multiplier_amount, totals.cap_amount)
            as capped_amount,
        member_periods.cap_share,
        member_periods.currency_code,
        case
            when totals.reason_message is not null then 'not_available'
            when totals.multiplier is null then 'no_tier'
            when totals.bonus_amount is null then 'waiting'
            when totals.amount_before_company < 0 then 'paid_back'
            else 'multiplied'
        end as outcome

    from multiplied_totals as totals
    inner join member_periods
        on totals.payee_id = member_periods.payee_id
        and totals.period_start = member_periods.period_start

),

total_lines as (

    select
        payee_id,
        period_start,
        1 as line_order,
        'multiplier' as line_type,
        multiplier_name,
        outcome,
        case
            when outcome = 'not_available'
                then {{ message('pay.not_available', {'reason': as_message('reason_message')}) }}
            else {{ message('pay.multiplier', {
                'outcome': 'outcome', 'measure': 'measure',
                'measured': as_measured('measured', 'measure', 'unit'),
                'from': as_measured('tier_from', 'measure', 'unit'),
                'to': as_measured('tier_to', 'measure', 'unit'),
                'amount': as_exact_money('amount_before_company', 'currency_code'),
                'multiplier': as_number('multiplier', 4)
            }) }}
        end as explanation_message,
        kpi,
        scope_type,
        scope_id,
        value,
        target,
        attainment,
        cast(multiplier as decimal(38, 14)) as factor,
        multiplier_amount as amount
    from capped_totals
    where multiplier_id is not null

    union all

    select
        payee_id, period_start, 2, 'cap', null, null,
        {{ message('pay.cap', {
            'amount': as_exact_money('multiplied_amount', 'currency_code'),
            'share': as_percent('cap_share', 12),
            'target': as_exact_money('due_target_amount', 'currency_code'),
            'cap': as_exact_money('cap_amount', 'currency_code')
        }) }},
        null, null, null, null, null, null,
        cast(cap_share as decimal(38, 14)), cap_amount - multiplied_amount
    from capped_totals
    where multiplied_amount > cap_amount

    union all

    select
        payee_id, period_start, 3, 'rounding', null, null, {{ message('pay.rounding') }},
        null, null, null, null, null, null, null, bonus_amount - capped_amount
    from capped_totals
    where bonus_amount != capped_amount

)

select * from total_lines
