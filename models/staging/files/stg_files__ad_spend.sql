-- One row per platform, account, campaign and day.

with

ad_spend as (

    select * from {{ source('files', 'ad_spend') }}

),

cleaned_ad_spend as (

    select
        lower({{ clean_text('platform') }}) as platform,
        {{ clean_text('account_id') }} as account_id,
        {{ clean_text('campaign_id') }} as platform_campaign_id,
        {{ clean_tag('campaign_name') }} as campaign_name,
        spend_date,
        cast(spend_amount as decimal(28, 6)) as spend_amount,
        upper({{ clean_text('currency_code') }}) as currency_code,
        impressions,
        clicks,
        cast(claimed_conversions as decimal(28, 2)) as claimed_conversions

    from ad_spend

),

accounts as (

    select
        platform_campaign_id,
        count(*) as account_count

    from (
        select distinct platform, account_id, platform_campaign_id
        from cleaned_ad_spend
    ) as named_campaigns
    group by platform_campaign_id

),

-- Two accounts may number their campaigns alike, or use the name as the id: such a campaign is told
-- apart by platform and account. Every other one keeps the id that people know.
keyed_ad_spend as (

    select
        cleaned_ad_spend.*,
        case
            when accounts.account_count > 1
                then
                    cleaned_ad_spend.platform
                    || ':'
                    || cleaned_ad_spend.account_id
                    || ':'
                    || cleaned_ad_spend.platform_campaign_id
            else cleaned_ad_spend.platform_campaign_id
        end as campaign_id

    from cleaned_ad_spend
    left join accounts
        on cleaned_ad_spend.platform_campaign_id = accounts.platform_campaign_id

)

select * from keyed_ad_spend
