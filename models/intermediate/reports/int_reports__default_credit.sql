-- One row: won deals and collected money by the default attribution model, and the part with a
-- touch.

with

credited_deals as (

    select * from {{ ref('int_kpi__credited_deals') }}
    where status = 'won'

),

credited_payments as (

    select * from {{ ref('int_kpi__credited_payments') }}

),

won_deals as (

    select
        count(distinct deal_id) as deals,
        count(distinct case when touch_id is not null then deal_id end) as attributed_deals

    from credited_deals

),

collected_money as (

    select
        sum(credited_amount) as amount,
        sum(case when touch_id is not null then credited_amount else 0 end) as attributed_amount

    from credited_payments

),

default_credit as (

    select * from won_deals
    cross join collected_money

)

select * from default_credit
