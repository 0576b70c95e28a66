-- One row per ad campaign and lower-case name or id that a link or the CRM may write for it.

with

ad_spend as (

    select * from {{ ref('stg_files__ad_spend') }}

),

campaign_names as (

    select
        campaign_id,
        platform,
        lower(campaign_name) as campaign_key

    from ad_spend
    where campaign_name is not null

    union

    select
        campaign_id,
        platform,
        lower(platform_campaign_id) as campaign_key

    from ad_spend

    union

    select
        campaign_id,
        platform,
        lower(campaign_id) as campaign_key

    from ad_spend

)

select * from campaign_names
