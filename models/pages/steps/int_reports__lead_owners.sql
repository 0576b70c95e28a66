-- One row per lead that somebody has: who looks after its client, else whom it was assigned to
-- last.

with

history as (

    select * from {{ ref('fct_lead_history') }}
    where event_kind = 'assignment' and person_id is not null

),

last_assignments as (

    select
        lead_id,
        person_id,
        row_number() over (partition by lead_id order by history_number desc) as event_number

    from history

),

client_owners as (

    select * from {{ ref('fct_client_owners') }}
    where is_current and person_id is not null

),

client_leads as (

    select
        lead_deals.lead_id,
        client_owners.person_id,
        row_number() over (
            partition by lead_deals.lead_id order by client_owners.owned_from desc, deals.deal_id
        ) as owner_number

    from {{ ref('int_reports__lead_deals') }} as lead_deals
    inner join {{ ref('dim_deals') }} as deals
        on lead_deals.deal_id = deals.deal_id
    inner join client_owners
        on deals.client_id = client_owners.client_id

),

owners as (

    select
        leads.lead_id,
        coalesce(client_leads.person_id, last_assignments.person_id, leads.person_id) as person_id

    from {{ ref('dim_leads') }} as leads
    left join client_leads
        on leads.lead_id = client_leads.lead_id
        and client_leads.owner_number = 1
    left join last_assignments
        on leads.lead_id = last_assignments.lead_id
        and last_assignments.event_number = 1

)

select * from owners
where person_id is not null
