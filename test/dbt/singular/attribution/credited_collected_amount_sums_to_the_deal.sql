-- For every model the collected money credited is what the deal's payments sum to, to the cent.

with

deal_payments as (

    select
        deal_id,
        case when count(*) = count(collected_amount) then sum(collected_amount) end
            as collected_amount,
        count(*) as payment_count

    from {{ ref('int_money__payments') }}
    where deal_id is not null and {{ has_come('paid_date') }}
    group by deal_id

),

credited_deals as (

    select
        deal_id,
        model,
        case
            when count(*) = count(credited_collected_amount) then sum(credited_collected_amount)
        end as credited_collected_amount

    from {{ ref('fct_attribution_credit') }}
    group by deal_id, model

)

select
    credited_deals.deal_id,
    credited_deals.model,
    credited_deals.credited_collected_amount,
    deal_payments.collected_amount

from credited_deals
left join deal_payments
    on credited_deals.deal_id = deal_payments.deal_id
where
    credited_deals.credited_collected_amount
    is distinct from case
        when deal_payments.payment_count is null then 0
        else deal_payments.collected_amount
    end
