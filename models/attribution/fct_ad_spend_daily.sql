-- One row per platform, account, campaign and day: what it cost, in the company's currency at the
-- rate of that day; null where the day has no rate.
-- The conversions a platform claims are kept as delivered and never used as results.

with

ad_spend as (

    select * from {{ ref('stg_files__ad_spend') }}
    where {{ has_come('spend_date') }}

),

campaigns as (

    select * from {{ ref('dim_campaigns') }}

),

platform_channels as (

    select * from {{ ref('platform_channels') }}

),

daily_spend as (

    select
        ad_spend.platform,
        ad_spend.account_id,
        ad_spend.campaign_id,
        ad_spend.spend_date,
        platform_channels.channel_id,
        campaigns.product_line_id,
        ad_spend.spend_amount as delivered_spend_amount,
        ad_spend.currency_code as delivered_currency_code,
        cast({{ product('ad_spend.spend_amount', 6, 'rates.rate', 10) }} as decimal(28, 6))
            as spend_amount,
        '{{ var("company_currency") }}' as currency_code,
        ad_spend.impressions,
        ad_spend.clicks,
        ad_spend.claimed_conversions

    from ad_spend
    left join {{ ref('int_money__rates') }} as rates
        on ad_spend.currency_code = rates.currency_code
        and ad_spend.spend_date >= rates.valid_from
        and ad_spend.spend_date < rates.valid_to
    left join campaigns
        on ad_spend.campaign_id = campaigns.campaign_id
    left join platform_channels
        on ad_spend.platform = platform_channels.platform

)

select * from daily_spend
