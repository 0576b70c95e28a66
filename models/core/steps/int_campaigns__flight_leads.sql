-- One row per lead that a campaign brought during one of its flights, and what sales said of it.

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

    select * from {{ ref('int_handover__first_judgements') }}

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

),

flight_leads as (

    select
        ranked_flights.lead_id,
        ranked_flights.campaign_id,
        ranked_flights.starts_on,
        judgements.judged_at is not null as is_judged,
        coalesce(judgements.judgement = 'sal', false) as is_accepted

    from ranked_flights
    left join judgements
        on ranked_flights.lead_id = judgements.lead_id
    where ranked_flights.flight_number = 1

)

select * from flight_leads
