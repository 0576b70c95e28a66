-- One row per platform, account, campaign and day: what it cost, in the company's currency.
-- The conversions a platform claims are kept as delivered and never used as results.

with

ad_spend as (

    select * from {{ ref('int_money__ad_spend') }}

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
        ad_spend.company_spend_amount as spend_amount,
        '{{ var("company_currency") }}' as currency_code,
        ad_spend.impressions,
        ad_spend.clicks,
        ad_spend.claimed_conversions

    from ad_spend
    left join campaigns
        on ad_spend.campaign_id = campaigns.campaign_id
    left join platform_channels
        on ad_spend.platform = platform_channels.platform

)

select * from daily_spend
