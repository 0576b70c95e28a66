-- One row per deal and lead id its cell names, in the order of the cell; most cells name one.

with

deals as (

    {{ current_rows('deals') }}
    and raw_rows.lead_id is not null

),

named_leads as (

    {{ split_list('deals', clean_text('deal_id') ~ ' as deal_id', 'lead_id') }}

),

leads as (

    select * from {{ ref('stg_files__leads') }}

),

lead_merges as (

    select * from {{ ref('stg_files__merges') }}
    where record_type = 'lead'

),

-- An id that the cell repeats is one lead, and so are two contacts that became one.
distinct_leads as (

    select
        named_leads.deal_id,
        coalesce(lead_merges.survivor_id, named_leads.item) as lead_id,
        min(named_leads.item_number) as lead_number

    from named_leads
    left join lead_merges
        on named_leads.item = lead_merges.record_id
    where named_leads.item != ''
    group by named_leads.deal_id, coalesce(lead_merges.survivor_id, named_leads.item)

),

deal_leads as (

    select
        distinct_leads.deal_id,
        distinct_leads.lead_id,
        distinct_leads.lead_number,
        leads.lead_id is not null as is_lead_known

    from distinct_leads
    left join leads
        on distinct_leads.lead_id = leads.lead_id

)

select * from deal_leads
