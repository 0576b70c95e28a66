-- One row per payee, month and closing step that changes the amount: the cap, and the rounding.

with

member_periods as (

    select * from {{ ref('int_incentives__member_periods') }}

),

steps as (

    select * from {{ ref('int_incentives__total_steps') }}

),

cap_lines as (

    select
        steps.payee_id,
        steps.period_start,
        1 as line_order,
        'cap' as line_type,
        'Cap of the plan' as label,
        {{ number_text('steps.multiplied_amount') }} || ' is above '
        || {{ share_text('member_periods.cap_share') }} || ' of the target '
        || {{ number_text('member_periods.target_amount') }} || ': '
        || {{ number_text('steps.cap_amount') }} || ' is paid' as explanation,
        cast(member_periods.cap_share as decimal(38, 14)) as factor,
        steps.capping_amount as amount

    from steps
    inner join member_periods
        on steps.payee_id = member_periods.payee_id
        and steps.period_start = member_periods.period_start
    where steps.capping_amount <> 0

),

rounding_lines as (

    select
        payee_id,
        period_start,
        2 as line_order,
        'rounding' as line_type,
        'Rounding' as label,
        'the exact total is rounded once, to cents, half away from zero' as explanation,
        cast(null as decimal(38, 14)) as factor,
        rounding_amount as amount

    from steps
    where rounding_amount <> 0

),

closing_lines as (

    select * from cap_lines

    union all

    select * from rounding_lines

)

select * from closing_lines
