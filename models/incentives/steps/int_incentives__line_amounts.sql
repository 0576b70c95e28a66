-- One row per payee, month and component: its amount in cents, so that they sum to the total. Where
-- a number is missing nothing can be summed: all components of that month stay empty.

with

component_amounts as (

    select * from {{ ref('int_incentives__component_factors') }}

),

statement_totals as (

    select * from {{ ref('int_incentives__statement_totals') }}

),

floored_amounts as (

    select
        component_amounts.payee_id,
        component_amounts.period_start,
        component_amounts.component_id,
        component_amounts.component_order,
        component_amounts.own_amount_days = component_amounts.component_amount_days
            as is_paid_in_full,
        {{ round_to_cents('component_amounts.own_amount_days', 'component_amounts.divisor') }}
            as rounded_own_amount,
        {{ to_cents('statement_totals.amount_before_company') }} as total_cents,
        {{ floored_cents(
            'component_amounts.component_amount_days', 'component_amounts.divisor'
        ) }} as floored_cents,
        {{ cents_left_over(
            'component_amounts.component_amount_days', 'component_amounts.divisor'
        ) }} as left_over

    from component_amounts
    inner join statement_totals
        on component_amounts.payee_id = statement_totals.payee_id
        and component_amounts.period_start = statement_totals.period_start
    where statement_totals.bonus_reason_message is null

),

-- Ties go to the lower component order.
component_lines as (

    select
        payee_id,
        period_start,
        component_id,
        is_paid_in_full,
        rounded_own_amount,
        {{ from_cents(allocated_cents(
            'total_cents', 'floored_cents', 'left_over', 'payee_id, period_start', 'component_order'
        )) }} as component_amount

    from floored_amounts

),

-- The part without its gate, and what the gate takes; together they are the component's amount.
line_amounts as (

    select
        payee_id,
        period_start,
        component_id,
        component_amount,
        case when is_paid_in_full then component_amount else rounded_own_amount end as own_amount

    from component_lines

)

select
    *,
    cast(component_amount - own_amount as decimal(28, 2)) as gate_amount
from line_amounts
