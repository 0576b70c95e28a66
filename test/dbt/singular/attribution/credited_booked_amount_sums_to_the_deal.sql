-- For every model the booked money credited is the won deal's money to the cent.

select
    credit.deal_id,
    credit.model,
    deal_money.booked_amount,
    sum(credit.credited_booked_amount) as credited_booked_amount

from {{ ref('fct_attribution_credit') }} as credit
inner join {{ ref('dim_deals') }} as deals
    on credit.deal_id = deals.deal_id
inner join {{ ref('int_money__deals') }} as deal_money
    on credit.deal_id = deal_money.deal_id
group by credit.deal_id, credit.model, deals.status, deal_money.booked_amount
having
    -- Null is equal to null: money that is not known is credited to nobody.
    coalesce(sum(credit.credited_booked_amount), -1)
    != coalesce(case when deals.status = 'won' then deal_money.booked_amount end, -1)
