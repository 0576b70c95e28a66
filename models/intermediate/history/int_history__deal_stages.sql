-- One row per stage a deal in the history of a lead entered, before and after the signature.

with

deal_leads as (

    select * from {{ ref('int_clients__deal_leads') }}

),

transitions as (

    select * from {{ ref('fct_deal_stage_transitions') }}

),

-- What a stage of the signature says, the closing of the deal says with its amount.
stage_events as (

    select
        deal_leads.lead_id,
        transitions.entered_at as occurred_at,
        'deal_stage' as event_kind,
        transitions.deal_id || ':' || transitions.stage || ':'
        || cast(transitions.entered_at as varchar) as event_id,
        660 as event_order,
        transitions.person_id,
        transitions.stage_label as title,
        case transitions.phase
            when 'before_sale' then 'before the sale'
            when 'after_sale' then 'after the sale'
        end as detail,
        cast(null as decimal(28, 2)) as amount,
        transitions.deal_id,
        deal_leads.client_id

    from transitions
    inner join deal_leads
        on transitions.deal_id = deal_leads.deal_id
    where coalesce(transitions.phase, '') != 'closed'

)

select * from stage_events
