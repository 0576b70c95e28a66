-- One row: won deals and moved money by the default attribution model, and the part with a touch.

with

credited_deals as (

    select * from {{ ref('int_kpi__credited_deals') }}
    where status = 'won' and attribution_model = 'default'

),

credited_payments as (

    select * from {{ ref('int_kpi__credited_payments') }}
    where attribution_model = 'default'

),

won_deals as (

    select
        count(distinct deal_id) as deals,
        count(distinct case when touch_id is not null then deal_id end) as attributed_deals

    from credited_deals

),

-- A refund counts by its size: netted, the refund of a payment nobody knows would let more be found
-- than there is. One payment without a rate makes both sums unknown.
moved_money as (

    select
        case
            when count(*) = count(credited_amount) then coalesce(sum(abs(credited_amount)), 0)
        end as amount,
        case
            when count(*) = count(credited_amount)
                then coalesce(sum(case when touch_id is not null then abs(credited_amount) end), 0)
        end as attributed_amount

    from credited_payments

),

default_credit as (

    select * from won_deals
    cross join moved_money

)

select * from default_credit
