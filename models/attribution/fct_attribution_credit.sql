-- One row per deal, model and touch that earns credit. A deal without a touch keeps one row per
-- model, so that credit always sums to the deal.

with

touch_shares as (

    select * from {{ ref('int_attribution__touch_shares') }}

),

deals as (

    select * from {{ ref('stg_files__deals') }}

),

deal_money as (

    select * from {{ ref('int_money__deals') }}

),

payment_credit as (

    select * from {{ ref('fct_payment_credit') }}

),

-- A payment without an exchange rate leaves what was collected unknown, never smaller.
collected_credit as (

    select
        deal_id,
        model,
        touch_id,
        case when count(*) = count(credited_amount) then sum(credited_amount) end
            as credited_collected_amount

    from payment_credit
    where deal_id is not null
    group by deal_id, model, touch_id

),

attribution_credit as (

    select
        touch_shares.deal_id,
        touch_shares.touch_id,
        touch_shares.touch_number,
        touch_shares.model,
        touch_shares.is_default,
        touch_shares.lead_id,
        touch_shares.session_id,
        touch_shares.channel_id,
        touch_shares.campaign_id,
        touch_shares.credit_share,
        -- Only a won deal is booked, and on its day.
        cast(case
            when deals.status = 'won' and {{ has_come('deals.closed_date') }}
                then {{ allocate(
                    'deal_money.booked_amount',
                    'touch_shares.credit_share',
                    2,
                    'touch_shares.deal_id, touch_shares.model',
                    'touch_shares.remainder_rank'
                ) }}
        end as decimal(28, 2)) as credited_booked_amount,
        case
            when collected_credit.deal_id is not null
                then cast(collected_credit.credited_collected_amount as decimal(28, 2))
            else cast(0 as decimal(28, 2))
        end as credited_collected_amount

    from touch_shares
    inner join deals
        on touch_shares.deal_id = deals.deal_id
    left join deal_money
        on touch_shares.deal_id = deal_money.deal_id
    left join collected_credit
        on touch_shares.deal_id = collected_credit.deal_id
        and touch_shares.model = collected_credit.model
        and coalesce(touch_shares.touch_id, '') = coalesce(collected_credit.touch_id, '')

)

select * from attribution_credit
