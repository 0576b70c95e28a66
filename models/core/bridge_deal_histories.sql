-- One row per deal that belongs to the history of a lead: its own, or, where the deal has none, the
-- first lead of its client. The customer never starts over when the next deal comes without a lead.

with

deals as (

    select * from {{ ref('stg_files__deals') }}

),

leads as (

    select * from {{ ref('stg_files__leads') }}

),

ranked_leads as (

    select
        deals.client_id,
        leads.lead_id,
        leads.created_at,
        row_number() over (
            partition by deals.client_id
            order by leads.created_at, leads.lead_id
        ) as lead_number

    from deals
    inner join leads
        on deals.lead_id = leads.lead_id
    where deals.client_id is not null

),

deal_leads as (

    select
        deals.deal_id,
        deals.client_id,
        coalesce(deals.lead_id, ranked_leads.lead_id) as lead_id,
        deals.lead_id is not null as is_own_lead

    from deals
    -- What the client bought before it came as a lead is no part of that lead.
    left join ranked_leads
        on deals.lead_id is null
        and deals.client_id = ranked_leads.client_id
        and ranked_leads.lead_number = 1
        and coalesce(deals.created_at, deals.closed_at) >= ranked_leads.created_at

)

select * from deal_leads
where lead_id is not null
