-- One row per deal and lead that it names, the one it counts for among them.

with

deal_leads as (

    select * from {{ ref('stg_files__deal_leads') }}

),

deals as (

    select * from {{ ref('stg_files__deals') }}

)

select
    deal_leads.deal_id,
    deal_leads.lead_id,
    deal_leads.lead_number,
    deal_leads.is_lead_known,
    coalesce(deal_leads.lead_id = deals.lead_id, false) as is_counted

from deal_leads
inner join deals
    on deal_leads.deal_id = deals.deal_id
