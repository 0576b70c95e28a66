-- One row per campaign name or id that a link may carry: the one campaign it means.

with

ad_spend as (

    select * from {{ ref('stg_files__ad_spend') }}

),

named_campaigns as (

    select
        campaign_id,
        lower(campaign_name) as campaign_key

    from ad_spend

    union

    select
        campaign_id,
        lower(campaign_id) as campaign_key

    from ad_spend

),

-- A name that two campaigns bore says nothing about which of them it was.
unique_names as (

    select
        campaign_key,
        min(campaign_id) as campaign_id

    from named_campaigns
    where campaign_key is not null
    group by campaign_key
    having count(*) = 1

)

select * from unique_names
