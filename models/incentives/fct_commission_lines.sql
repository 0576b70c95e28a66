-- One row per payee, component, deal and event that moves commission: the signature, a payment or
-- refund, the day on which what is unpaid lapses. Amounts sum to the line of the component.

with

commissions as (

    select * from {{ ref('int_incentives__commissions') }}

),

member_periods as (

    select * from {{ ref('int_incentives__member_periods') }}

),

line_amounts as (

    select * from {{ ref('int_incentives__line_amounts') }}

),

-- Whoever is no longer in the plan has no statement on which an event could be paid.
addressed_commissions as (

    select
        commissions.*,
        case
            when member_periods.payee_id is null then 'left_plan'
            else commissions.reason_code
        end as line_code,
        coalesce(commissions.payment_id, '') as payment_order,
        {{ to_cents('amounts.own_amount') }} as total_cents,
        {{ floored_cents('commissions.exact_amount', 1) }} as floored_cents,
        {{ cents_left_over('commissions.exact_amount', 1) }} as left_over

    from commissions
    left join member_periods
        on commissions.payee_id = member_periods.payee_id
        and commissions.period_start = member_periods.period_start
        and commissions.plan_id = member_periods.plan_id
    left join line_amounts as amounts
        on member_periods.payee_id = amounts.payee_id
        and member_periods.period_start = amounts.period_start
        and commissions.component_id = amounts.component_id

),

commission_lines as (

    select
        payee_id,
        period_start,
        plan_id,
        component_id,
        deal_id,
        client_id,
        payment_id,
        event_type,
        event_date,
        closed_date,
        base_amount,
        '{{ var("company_currency") }}' as base_currency_code,
        rate,
        paid_share,
        split_share,
        exchange_rate,
        case
            when line_code = 'left_plan' then cast(0 as decimal(28, 2))
            when total_cents is not null
                then {{ from_cents(allocated_cents(
                    'total_cents', 'floored_cents', 'left_over',
                    'payee_id, period_start, component_id',
                    'event_date, deal_id, event_type, payment_order'
                )) }}
        end as amount,
        currency_code,
        line_code as reason_code

    from addressed_commissions

)

select * from commission_lines
