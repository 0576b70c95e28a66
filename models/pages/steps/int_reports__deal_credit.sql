-- One row per month, attribution model, channel, campaign and landing page: deals closed and money
-- collected in the month, as far as the model credits them there.

with

credit as (

    select * from {{ ref('fct_attribution_credit') }}

),

payment_credit as (

    select * from {{ ref('int_attribution__payment_credit') }}

),

deals as (

    select * from {{ ref('dim_deals') }}
    where status in ('won', 'lost')

),

touch_pages as (

    select * from {{ ref('int_reports__touch_pages') }}

),

parts as (

    select
        credit.model,
        deals.closed_date as happened_on,
        credit.channel_id,
        credit.campaign_id,
        credit.touch_id,
        case when deals.status = 'won' then credit.credit_share else 0 end as won_deals,
        credit.credit_share as closed_deals,
        0 as collected_amount

    from credit
    inner join deals
        on credit.deal_id = deals.deal_id

    union all

    select
        model,
        paid_date as happened_on,
        channel_id,
        campaign_id,
        touch_id,
        0 as won_deals,
        0 as closed_deals,
        credited_amount as collected_amount

    from payment_credit

)

select
    parts.model,
    cast({{ dbt.date_trunc('month', 'parts.happened_on') }} as date) as month_start,
    parts.channel_id,
    parts.campaign_id,
    touch_pages.landing_page,
    cast(sum(parts.won_deals) as decimal(24, 10)) as won_deals,
    cast(sum(parts.closed_deals) as decimal(24, 10)) as closed_deals,
    cast(sum(parts.collected_amount) as decimal(28, 2)) as collected_amount

from parts
left join touch_pages
    on parts.touch_id = touch_pages.touch_id
group by
    parts.model,
    {{ dbt.date_trunc('month', 'parts.happened_on') }},
    parts.channel_id,
    parts.campaign_id,
    touch_pages.landing_page
