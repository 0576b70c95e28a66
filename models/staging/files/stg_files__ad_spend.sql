-- One row per platform, account, campaign and day.

with

ad_spend as (

    select * from {{ source('files', 'ad_spend') }}

),

cleaned_ad_spend as (

    select
        lower({{ clean_text('platform') }}) as platform,
        {{ clean_text('account_id') }} as account_id,
        {{ clean_text('campaign_id') }} as campaign_id,
        {{ clean_text('campaign_name') }} as campaign_name,
        spend_date,
        cast(spend_amount as decimal(28, 6)) as spend_amount,
        upper({{ clean_text('currency_code') }}) as currency_code,
        impressions,
        clicks,
        cast(claimed_conversions as decimal(28, 2)) as claimed_conversions

    from ad_spend

)

select * from cleaned_ad_spend
