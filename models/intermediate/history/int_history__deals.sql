-- One row per deal in the history of a lead and end of it: opened, and won or lost.

with

deal_leads as (

    select * from {{ ref('int_clients__deal_leads') }}

),

deals as (

    select * from {{ ref('dim_deals') }}

),

product_lines as (

    select * from {{ ref('dim_product_lines') }}

),

lead_deals as (

    select
        deals.*,
        deal_leads.lead_id as history_lead_id,
        coalesce(product_lines.product_line_label, 'Unknown product line')
        || case when deal_leads.is_own_lead then '' else ', next deal of the client' end
            as deal_words

    from deals
    inner join deal_leads
        on deals.deal_id = deal_leads.deal_id
    left join product_lines
        on deals.product_line_id = product_lines.product_line_id

),

openings as (

    select
        history_lead_id as lead_id,
        created_at as occurred_at,
        'deal_opened' as event_kind,
        deal_id as event_id,
        650 as event_order,
        person_id,
        'Deal opened' as title,
        deal_words as detail,
        cast(null as decimal(28, 2)) as amount,
        deal_id,
        client_id

    from lead_deals
    where created_at is not null

),

closings as (

    select
        history_lead_id as lead_id,
        closed_at as occurred_at,
        'deal_' || status as event_kind,
        deal_id as event_id,
        700 as event_order,
        person_id,
        'Deal ' || status as title,
        coalesce(
            lost_reason || coalesce('; amount unknown: ' || unknown_amount_reason, ''),
            'amount unknown: ' || unknown_amount_reason
        ) as detail,
        booked_amount as amount,
        deal_id,
        client_id

    from lead_deals
    where status in ('won', 'lost')

),

deal_events as (

    select * from openings

    union all

    select * from closings

)

select * from deal_events
