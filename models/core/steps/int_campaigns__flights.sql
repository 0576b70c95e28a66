-- One row per flight of a campaign: whether sales was briefed before and shown the results after.

with

campaign_briefings as (

    select * from {{ ref('campaign_briefings') }}

),

-- A briefing names a campaign by its id on the platform, or in full where two accounts use that id.
campaigns as (

    select * from {{ ref('dim_campaigns') }}

),

as_of as (

    select * from {{ ref('dim_as_of') }}

),

judged_flights as (

    select
        coalesce(campaigns.campaign_id, campaign_briefings.campaign_id) as campaign_id,
        campaign_briefings.starts_on,
        campaign_briefings.ends_on,
        coalesce(campaign_briefings.ends_on < as_of.as_of_date, false) as is_over,
        campaign_briefings.briefed_on,
        campaign_briefings.presented_on,
        -- On the first day sales still hears of it before the first lead is handed over.
        coalesce(campaign_briefings.briefed_on <= campaign_briefings.starts_on, false)
            as is_briefed,
        -- Results shown on the last day are results of the whole flight.
        case
            when campaign_briefings.presented_on >= campaign_briefings.ends_on then true
            when campaign_briefings.ends_on < as_of.as_of_date then false
        end as is_presented

    from campaign_briefings
    cross join as_of
    left join campaigns
        on campaign_briefings.campaign_id = campaigns.platform_campaign_id
    where campaign_briefings.starts_on <= as_of.as_of_date

),

flights as (

    select
        *,
        -- Without a briefing it can no longer become ready.
        case when not is_briefed then false else is_presented end as is_ready

    from judged_flights

)

select * from flights
