-- One row per won deal and milestone that an ad platform may be told of: when it was reached, and
-- what it is worth now.

with

won_deals as (

    select * from {{ ref('dim_deals') }}
    where status = 'won'

),

counted_payments as (

    select
        deal_id,
        payment_id,
        kind,
        paid_at,
        sum(collected_amount) over (
            partition by deal_id
            order by paid_at, payment_id
            rows between unbounded preceding and current row
        ) as collected_so_far_amount

    from {{ ref('fct_payments') }} as payments
    where deal_id is not null

),

-- What was paid back later does not undo that it was paid once: the value says what is left of it.
paid_deals as (

    select
        won_deals.deal_id,
        min(case when payments.kind = 'payment' then payments.paid_at end) as first_paid_at,
        min(
            case
                when payments.collected_so_far_amount >= won_deals.booked_amount
                    then payments.paid_at
            end
        ) as paid_in_full_at

    from won_deals
    inner join counted_payments as payments
        on won_deals.deal_id = payments.deal_id
    group by won_deals.deal_id

),

milestones as (

    select
        deal_id,
        'closed' as milestone,
        lead_id,
        closed_at as reached_at,
        closed_at as settled_at,
        booked_amount as value_amount,
        unknown_amount_code as unknown_value_code,
        currency_code

    from won_deals

    union all

    select
        won_deals.deal_id,
        'collected' as milestone,
        won_deals.lead_id,
        paid_deals.first_paid_at as reached_at,
        paid_deals.paid_in_full_at as settled_at,
        won_deals.collected_amount as value_amount,
        case when won_deals.collected_amount is null then 'no_exchange_rate' end
            as unknown_value_code,
        won_deals.currency_code

    from won_deals
    inner join paid_deals
        on won_deals.deal_id = paid_deals.deal_id
    where paid_deals.first_paid_at is not null

)

select * from milestones
