-- One row per deal, with where it came from, what was signed and what was collected so far.

with

deals as (

    select
        *,
        {{ has_come('closed_date') }} as has_closed

    from {{ ref('stg_files__deals') }}
    where {{ has_come('coalesce(created_date, closed_date)') }}

),

amounts as (

    select * from {{ ref('int_money__deals') }}

),

payments as (

    select * from {{ ref('int_money__payments') }}
    where {{ has_come('paid_date') }}

),

lead_channels as (

    select * from {{ ref('fct_lead_channels') }}

),

collected_deals as (

    select
        deal_id,
        -- One payment without a rate makes the whole sum unknown.
        case when count(*) = count(collected_amount) then sum(collected_amount) end
            as collected_amount

    from payments
    group by deal_id

),

described_deals as (

    select
        deals.deal_id,
        deals.lead_id,
        deals.client_id,
        deals.person_id,
        deals.product_line_id,
        lead_channels.channel_id,
        lead_channels.campaign_id,
        coalesce(deals.origin, case when deals.lead_id is not null then 'inbound' end) as origin,
        -- What is to be closed on a day ahead is still open.
        case when deals.has_closed then deals.status else 'open' end as status,
        deals.stage,
        case when deals.has_closed then deals.lost_reason end as lost_reason,
        deals.created_at,
        deals.created_date,
        case when deals.has_closed then deals.closed_at end as closed_at,
        case when deals.has_closed then deals.closed_date end as closed_date,
        cast(amounts.booked_amount as decimal(28, 2)) as booked_amount,
        amounts.unknown_amount_code,
        {{ exact_ratio('deals.margin_amount', 'deals.amount', 'try_cast') }} as margin_share,
        cast(collected_deals.collected_amount as decimal(28, 2)) as collected_amount,
        '{{ var("company_currency") }}' as currency_code

    from deals
    left join amounts
        on deals.deal_id = amounts.deal_id
    left join collected_deals
        on deals.deal_id = collected_deals.deal_id
    left join lead_channels
        on deals.lead_id = lead_channels.lead_id

)

select * from described_deals
