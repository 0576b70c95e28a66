-- One row per flight of a campaign: briefed before, presented after, and what became of its leads.

with

flights as (

    select * from {{ ref('int_campaigns__flights') }}

),

leads as (

    select * from {{ ref('stg_files__leads') }}

),

lead_channels as (

    select * from {{ ref('fct_lead_channels') }}

),

judgements as (

    select * from {{ ref('fct_first_judgements') }}

),

-- Where flights of a campaign overlap, a lead belongs to the one that started last.
ranked_flights as (

    select
        leads.lead_id,
        flights.campaign_id,
        flights.starts_on,
        row_number() over (partition by leads.lead_id order by flights.starts_on desc)
            as flight_number

    from leads
    inner join lead_channels
        on leads.lead_id = lead_channels.lead_id
    inner join flights
        on lead_channels.campaign_id = flights.campaign_id
        and leads.created_date >= flights.starts_on
        and (leads.created_date <= flights.ends_on or flights.ends_on is null)
    where {{ has_come('leads.created_date') }}

),

lead_counts as (

    select
        ranked_flights.campaign_id,
        ranked_flights.starts_on,
        count(*) as leads,
        count(judgements.judged_at) as judged_leads,
        count(case when judgements.judgement = 'sal' then 1 end) as accepted_leads

    from ranked_flights
    left join judgements
        on ranked_flights.lead_id = judgements.lead_id
    where ranked_flights.flight_number = 1
    group by ranked_flights.campaign_id, ranked_flights.starts_on

),

campaign_readiness as (

    select
        flights.campaign_id,
        coalesce(campaigns.campaign_name, flights.campaign_id) as campaign_name,
        campaigns.channel_id,
        campaigns.product_line_id,
        flights.starts_on,
        flights.ends_on,
        flights.is_over,
        flights.briefed_on,
        flights.presented_on,
        flights.is_briefed,
        flights.is_presented,
        flights.is_ready,
        cast(coalesce(lead_counts.leads, 0) as bigint) as leads,
        cast(coalesce(lead_counts.judged_leads, 0) as bigint) as judged_leads,
        cast(coalesce(lead_counts.accepted_leads, 0) as bigint) as accepted_leads

    from flights
    left join lead_counts
        on flights.campaign_id = lead_counts.campaign_id
        and flights.starts_on = lead_counts.starts_on
    left join {{ ref('dim_campaigns') }} as campaigns
        on flights.campaign_id = campaigns.campaign_id

)

select * from campaign_readiness
