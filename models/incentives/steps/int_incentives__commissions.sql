-- One row per payee, component, deal and event that moves commission: the signature, a payment or
-- refund, the day on which what is unpaid lapses. Exact, in the currency of the payee's plan.

with

deal_rates as (

    select * from {{ ref('int_incentives__deal_rates') }}

),

payments as (

    select * from {{ ref('fct_payments') }}

),

as_of as (

    select * from {{ ref('dim_as_of') }}

),

terms as (

    select * from {{ ref('commission_terms') }}

),

rates as (

    select * from {{ ref('exchange_rates') }}
    where currency_code = '{{ var("company_currency") }}'

),

-- A refund is taken back at the rate at which its payment was paid.
dated_payments as (

    select
        payments.deal_id,
        payments.payment_id,
        payments.kind,
        payments.paid_date,
        payments.collected_amount,
        coalesce(originals.paid_date, payments.paid_date) as rate_date

    from payments
    left join payments as originals
        on payments.refund_of_payment_id = originals.payment_id

),

-- Before the signature money is no commission yet; it is paid with the signature.
deal_payments as (

    select
        deal_rates.*,
        payments.payment_id,
        payments.kind,
        payments.paid_date,
        greatest(payments.paid_date, deal_rates.closed_date) as event_date,
        payments.rate_date,
        payments.collected_amount,
        coalesce(payments.rate_date >= deal_rates.handover_date, false) as is_residual,
        coalesce(payments.rate_date > deal_rates.lapse_date, false) as is_lapsed,
        coalesce(payments.paid_date > deal_rates.lapse_date, false) as is_after_lapse

    from deal_rates
    inner join dated_payments as payments
        on deal_rates.deal_id = payments.deal_id

),

-- Money after the hand-over or the term releases nothing, and so takes the place of none that does.
counted_payments as (

    select
        *,
        is_residual or is_lapsed or closing_share = 0 as is_paid_by_itself,
        sum(
            case when is_residual or is_lapsed then 0 else collected_amount end
        ) over deal_payments_so_far as collected_so_far,
        count(*) over deal_payments_so_far = count(
            case when is_residual or is_lapsed then 0 else collected_amount end
        ) over deal_payments_so_far as is_all_known

    from deal_payments
    window deal_payments_so_far as (
        partition by payee_id, component_id, deal_id
        order by paid_date, payment_id
        rows unbounded preceding
    )

),

-- What was held back of a deal is all that payments can release: more than the deal is not held.
{%- set within_deal = [
    'case when booked_amount < 0 then greatest(', ', booked_amount) else least(', ', booked_amount) end'
] %}
released_payments as (

    select
        *,
        case
            when is_paid_by_itself then collected_amount
            when is_all_known and booked_amount is not null
                then {{ within_deal | join('collected_so_far') }}
                    - {{ within_deal | join('collected_so_far - collected_amount') }}
        end as base_amount

    from counted_payments

),

-- The residual rate and its term are those of the day of the payment; the term runs from the
-- hand-over. Once the rest has lapsed, a refund takes back the part paid at closing, too.
payment_events as (

    select
        payments.*,
        case
            when payments.is_residual
                then case
                    when
                        payments.rate_date < {{ dbt.dateadd(
                            'month', 'terms.residual_months', 'payments.handover_date'
                        ) }} then terms.residual_rate
                    else 0
                end
            when payments.is_lapsed then 0
            else payments.rate
        end as event_rate,
        case
            when payments.is_residual or payments.is_after_lapse then 1
            else 1 - payments.closing_share
        end as paid_share,
        case
            when payments.is_residual and terms.residual_rate is null then 'handed_over'
            when
                payments.is_residual
                and payments.rate_date >= {{ dbt.dateadd(
                    'month', 'terms.residual_months', 'payments.handover_date'
                ) }} then 'residual_ended'
            when payments.is_residual then 'residual'
            when payments.is_lapsed then 'lapsed'
            else payments.rate_code
        end as event_code

    from released_payments as payments
    left join terms
        on payments.component_id = terms.component_id
        and {{ is_in_force('terms', 'payments.rate_date') }}

),

-- What was paid at closing of money that did not come is taken back on the day it lapses.
unpaid_deals as (

    select
        deal_rates.payee_id,
        deal_rates.component_id,
        deal_rates.deal_id,
        case
            when
                count(payments.payment_id) = count(payments.collected_amount)
                and max(deal_rates.booked_amount) is not null
                then least(
                    coalesce(sum(payments.collected_amount), 0), max(deal_rates.booked_amount)
                )
        end as collected_amount

    from deal_rates
    inner join as_of
        on deal_rates.lapse_date <= as_of.as_of_date
    left join payments
        on deal_rates.deal_id = payments.deal_id
        and payments.paid_date <= deal_rates.lapse_date
    where deal_rates.closing_share > 0
    group by deal_rates.payee_id, deal_rates.component_id, deal_rates.deal_id

),

{% set deal_columns = [
    'payee_id', 'plan_id', 'component_id', 'deal_id', 'client_id', 'closed_date', 'split_share',
] %}

events as (

    select
        {{ deal_columns | join(', ') }},
        payment_id,
        kind as event_type,
        event_date,
        cast(base_amount as decimal(28, 2)) as base_amount,
        cast(event_rate as decimal(9, 4)) as rate,
        cast(paid_share as decimal(9, 4)) as paid_share,
        event_code
    from payment_events

    union all

    select
        {{ deal_columns | join(', ') }}, null, 'closing', closed_date, booked_amount, rate,
        closing_share, rate_code
    from deal_rates
    where closing_share > 0

    union all

    select
        {% for column in deal_columns %}
        deal_rates.{{ column }},
        {% endfor %}
        null,
        'lapse',
        deal_rates.lapse_date,
        cast(unpaid.collected_amount - deal_rates.booked_amount as decimal(28, 2)),
        deal_rates.rate,
        deal_rates.closing_share,
        deal_rates.rate_code
    from deal_rates
    inner join unpaid_deals as unpaid
        on deal_rates.payee_id = unpaid.payee_id
        and deal_rates.component_id = unpaid.component_id
        and deal_rates.deal_id = unpaid.deal_id
    where unpaid.collected_amount is null or unpaid.collected_amount < deal_rates.booked_amount

),

-- A plan that has ended has no currency, and pays nothing any more.
member_events as (

    select
        events.*,
        cast({{ dbt.date_trunc('month', 'events.event_date') }} as date) as period_start,
        plans.currency_code,
        case
            when plans.currency_code = '{{ var("company_currency") }}'
                then cast(1 as decimal(28, 10))
            else rates.rate
        end as exchange_rate

    from events
    left join {{ ref('plans') }} as plans
        on events.plan_id = plans.plan_id
        and {{ is_in_force('plans', 'events.event_date') }}
    left join rates
        on plans.currency_code = rates.to_currency_code
        and {{ is_in_force('rates', 'events.closed_date') }}

),

commissions as (

    select
        *,
        case
            when rate = 0 then cast(0 as decimal(38, 14))
            else cast({{ product(
                product(
                    product(product('base_amount', 2, 'rate', 4), 6, 'paid_share', 4),
                    10, 'split_share', 4
                ), 14, 'exchange_rate', 10
            ) }} as decimal(38, 14))
        end as exact_amount

    from member_events

)

select
    *,
    case
        when currency_code is null then 'left_plan'
        when exact_amount is not null then event_code
        when rate is null then event_code
        when base_amount is null then 'no_amount'
        else 'no_exchange_rate'
    end as reason_code

from commissions
