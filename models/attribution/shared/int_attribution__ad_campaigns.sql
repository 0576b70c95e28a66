-- One row per campaign that an ad platform charges for, under the name it bore last: platforms
-- rename, the id stays.

with

ad_spend as (

    select * from {{ ref('stg_files__ad_spend') }}

),

numbered_days as (

    select
        campaign_id,
        platform,
        account_id,
        platform_campaign_id,
        campaign_name,
        row_number() over (
            partition by campaign_id
            order by case when campaign_name is null then 1 else 0 end, spend_date desc
        ) as name_number

    from ad_spend

)

select
    campaign_id,
    platform,
    account_id,
    platform_campaign_id,
    coalesce(campaign_name, platform_campaign_id) as campaign_name

from numbered_days
where name_number = 1
