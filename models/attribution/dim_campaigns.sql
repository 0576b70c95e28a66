-- One row per campaign: those that cost money, and any other that a lead or session names.

with

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

    from {{ ref('stg_files__ad_spend') }}

),

-- A campaign goes by the name it bore last: platforms rename, the id stays.
ad_campaigns as (

    select * from numbered_days
    where name_number = 1

),

declared_campaigns as (

    select * from {{ ref('campaigns') }}

),

named_campaigns as (

    select campaign_id from {{ ref('fct_lead_channels') }}

    union

    select campaign_id from {{ ref('int_attribution__session_channels') }}

    union

    select campaign_id from ad_campaigns

),

described_campaigns as (

    select
        named_campaigns.campaign_id,
        coalesce(
            ad_campaigns.campaign_name,
            ad_campaigns.platform_campaign_id,
            named_campaigns.campaign_id
        ) as campaign_name,
        ad_campaigns.platform,
        ad_campaigns.account_id,
        ad_campaigns.platform_campaign_id,
        platform_channels.channel_id,
        -- An id of two accounts may be declared once for both, or in full for each.
        coalesce(declared_campaigns.product_line_id, declared_ids.product_line_id)
            as product_line_id,
        ad_campaigns.campaign_id is not null as has_spend

    from named_campaigns
    left join ad_campaigns
        on named_campaigns.campaign_id = ad_campaigns.campaign_id
    left join {{ ref('platform_channels') }} as platform_channels
        on ad_campaigns.platform = platform_channels.platform
    left join declared_campaigns
        on named_campaigns.campaign_id = declared_campaigns.campaign_id
    left join declared_campaigns as declared_ids
        on ad_campaigns.platform_campaign_id = declared_ids.campaign_id

)

select * from described_campaigns
where campaign_id is not null
