-- One row per campaign: those that cost money, and any other that a lead or session names.

with

ad_spend as (

    select * from {{ ref('int_money__ad_spend') }}

),

platform_channels as (

    select * from {{ ref('platform_channels') }}

),

declared_campaigns as (

    select * from {{ ref('campaigns') }}

),

-- The name a campaign bore last: platforms rename, the id stays.
latest_names as (

    select
        campaign_id,
        platform,
        campaign_name,
        row_number() over (
            partition by campaign_id
            order by spend_date desc, platform asc, account_id asc
        ) as name_number

    from ad_spend

),

named_campaigns as (

    select campaign_id from {{ ref('int_attribution__lead_channels') }}

    union

    select campaign_id from {{ ref('int_attribution__session_channels') }}

    union

    select campaign_id from latest_names

),

described_campaigns as (

    select
        named_campaigns.campaign_id,
        coalesce(latest_names.campaign_name, named_campaigns.campaign_id) as campaign_name,
        latest_names.platform,
        platform_channels.channel_id,
        declared_campaigns.product_line_id,
        latest_names.campaign_id is not null as has_spend

    from named_campaigns
    left join latest_names
        on named_campaigns.campaign_id = latest_names.campaign_id
        and latest_names.name_number = 1
    left join platform_channels
        on latest_names.platform = platform_channels.platform
    left join declared_campaigns
        on named_campaigns.campaign_id = declared_campaigns.campaign_id

)

select * from described_campaigns
where campaign_id is not null
