-- One row per stay in nurture after which the lead won deals: what came of its return. A deal
-- counts for the last return before it was won.

with

spells as (

    select * from {{ ref('int_lead_quality__nurture_spells') }}

),

deals as (

    select * from {{ ref('stg_files__deals') }}

),

payments as (

    select * from {{ ref('int_money__payments') }}

),

deal_payments as (

    select
        deal_id,
        count(*) - count(collected_amount) as unknown_payments,
        sum(collected_amount) as collected_amount

    from payments
    group by deal_id

),

spell_deals as (

    select
        spells.spell_id,
        count(*) as won_deals,
        -- One payment without a rate makes the whole sum unknown.
        cast(
            case
                when coalesce(sum(deal_payments.unknown_payments), 0) = 0
                    then coalesce(sum(deal_payments.collected_amount), 0)
            end as decimal(28, 2)
        ) as collected_amount

    from spells
    inner join deals
        on spells.lead_id = deals.lead_id
        and spells.returned_at <= deals.closed_at
        and deals.closed_at < coalesce(
            spells.next_recycled_at, cast('9999-12-31' as timestamp)
        )
    left join deal_payments
        on deals.deal_id = deal_payments.deal_id
    where deals.status = 'won'
    group by spells.spell_id

)

select * from spell_deals
