-- One row per deal and lead id its cell names, in the order of the cell; most cells name one.

with

deals as (

    select * from {{ source('files', 'deals') }}
    where lead_id is not null

),

named_leads as (

    {{ split_list('deals', clean_text('deal_id') ~ ' as deal_id', 'lead_id') }}

),

leads as (

    select * from {{ ref('stg_files__leads') }}

),

-- An id that the cell repeats is one lead.
distinct_leads as (

    select
        deal_id,
        item as lead_id,
        min(item_number) as lead_number

    from named_leads
    where item != ''
    group by deal_id, item

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
