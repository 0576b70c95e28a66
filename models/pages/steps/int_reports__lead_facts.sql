-- One row per lead with a card: what decides whose turn it is.

with

shown_leads as (

    select * from {{ ref('int_reports__shown_leads') }}

),

leads as (

    select * from {{ ref('dim_leads') }}

),

unworked_leads as (

    select * from {{ ref('int_reports__unworked_leads') }}

),

deals as (

    select * from {{ ref('int_reports__deal_counts') }}

),

open_audits as (

    select * from {{ ref('int_reports__open_audits') }}

),

open_complaints as (

    select
        lead_id,
        min(received_date) as complaint_date

    from {{ ref('fct_complaints') }}
    where kind = 'complaint' and is_open
    group by lead_id

),

feedback as (

    select * from {{ ref('fct_sla_obligations') }}
    where obligation_kind = 'feedback'

),

scores as (

    select * from {{ ref('fct_lead_bands') }}

),

last_events as (

    select
        lead_id,
        max(occurred_date) as last_event_date

    from {{ ref('fct_lead_history') }}
    group by lead_id

),

as_of as (

    select * from {{ ref('int_ops__as_of') }}

)

select
    shown_leads.lead_id,
    leads.current_stage,
    leads.assigned_at is not null as is_handed_over,
    unworked_leads.waiting_state,
    unworked_leads.response_due_at,
    coalesce(deals.open_deals, 0) as open_deals,
    deals.open_stage,
    coalesce(deals.won_deals, 0) as won_deals,
    coalesce(deals.lost_deals, 0) as lost_deals,
    deals.disputed_side,
    open_audits.audit_due_date,
    coalesce(open_audits.is_audit_overdue, false) as is_audit_overdue,
    open_complaints.complaint_date,
    coalesce(feedback.status = 'breached', false) as is_verdict_missing,
    {{ dbt.datediff('last_events.last_event_date', 'as_of.as_of_date', 'day') }}
        as quiet_days,
    scores.bant_band,
    scores.bant_reason_message

from shown_leads
cross join as_of
inner join leads
    on shown_leads.lead_id = leads.lead_id
left join unworked_leads
    on shown_leads.lead_id = unworked_leads.lead_id
left join deals
    on shown_leads.lead_id = deals.lead_id
left join open_audits
    on shown_leads.lead_id = open_audits.lead_id
left join open_complaints
    on shown_leads.lead_id = open_complaints.lead_id
left join feedback
    on shown_leads.lead_id = feedback.lead_id
left join scores
    on shown_leads.lead_id = scores.lead_id
left join last_events
    on shown_leads.lead_id = last_events.lead_id
