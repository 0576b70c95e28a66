-- One row per flight of a campaign: briefed before, presented after, and what became of its leads.

with

flights as (

    select * from {{ ref('int_campaigns__flights') }}

),

flight_leads as (

    select * from {{ ref('int_campaigns__flight_leads') }}

),

campaigns as (

    select * from {{ ref('dim_campaigns') }}

),

lead_counts as (

    select
        campaign_id,
        starts_on,
        count(*) as leads,
        sum(case when is_judged then 1 else 0 end) as judged_leads,
        sum(case when is_accepted then 1 else 0 end) as accepted_leads

    from flight_leads
    group by campaign_id, starts_on

),

counted_flights as (

    select
        flights.*,
        cast(coalesce(lead_counts.leads, 0) as bigint) as leads,
        cast(coalesce(lead_counts.judged_leads, 0) as bigint) as judged_leads,
        cast(coalesce(lead_counts.accepted_leads, 0) as bigint) as accepted_leads

    from flights
    left join lead_counts
        on flights.campaign_id = lead_counts.campaign_id
        and flights.starts_on = lead_counts.starts_on

),

campaign_readiness as (

    select
        counted_flights.campaign_id,
        coalesce(campaigns.campaign_name, counted_flights.campaign_id) as campaign_name,
        campaigns.channel_id,
        campaigns.product_line_id,
        counted_flights.starts_on,
        counted_flights.ends_on,
        counted_flights.is_over,
        counted_flights.briefed_on,
        counted_flights.presented_on,
        counted_flights.is_briefed,
        counted_flights.is_presented,
        counted_flights.is_ready,
        case when counted_flights.is_presented is null then 'the flight is not over' end
            as unknown_presented_reason,
        counted_flights.leads,
        counted_flights.judged_leads,
        counted_flights.accepted_leads,
        {{ exact_ratio('counted_flights.accepted_leads', 'counted_flights.judged_leads') }}
            as acceptance_rate,
        case when counted_flights.judged_leads = 0 then 'sales judged no lead of the flight' end
            as unknown_rate_reason

    from counted_flights
    left join campaigns
        on counted_flights.campaign_id = campaigns.campaign_id

)

select * from campaign_readiness
