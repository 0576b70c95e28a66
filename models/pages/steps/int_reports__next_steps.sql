-- One row per lead with a card: the next step and whose it is.

with

card_terms as (

    select * from {{ ref('int_reports__card_terms') }}

),

open_complaints as (

    select
        lead_id,
        min(received_date) as complaint_date

    from {{ ref('fct_complaints') }}
    where kind = 'complaint' and is_open
    group by lead_id

),

last_events as (

    select
        lead_id,
        max(occurred_date) as last_event_date

    from {{ ref('fct_lead_history') }}
    group by lead_id

),

lead_facts as (

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
        open_audits.due_date as audit_due_date,
        coalesce(open_audits.is_overdue, false) as is_audit_overdue,
        open_complaints.complaint_date,
        coalesce(feedback.status = 'breached', false) as is_feedback_missing,
        {{ dbt.datediff('last_events.last_event_date', 'as_of.as_of_date', 'day') }}
            as quiet_days,
        scores.bant_band,
        scores.bant_reason_message

    from {{ ref('int_reports__shown_leads') }} as shown_leads
    cross join {{ ref('dim_as_of') }} as as_of
    inner join {{ ref('dim_leads') }} as leads
        on shown_leads.lead_id = leads.lead_id
    left join {{ ref('int_reports__unworked_leads') }} as unworked_leads
        on shown_leads.lead_id = unworked_leads.lead_id
    left join {{ ref('int_reports__deal_counts') }} as deals
        on shown_leads.lead_id = deals.lead_id
    left join {{ ref('int_reports__waiting_audits') }} as open_audits
        on shown_leads.lead_id = open_audits.lead_id
        and open_audits.has_audits
    left join open_complaints
        on shown_leads.lead_id = open_complaints.lead_id
    left join {{ ref('fct_sla_obligations') }} as feedback
        on shown_leads.lead_id = feedback.lead_id
        and feedback.obligation_kind = 'feedback'
    left join {{ ref('fct_lead_bands') }} as scores
        on shown_leads.lead_id = scores.lead_id
    left join last_events
        on shown_leads.lead_id = last_events.lead_id

),

-- The first line that fits: a commitment that runs out before everything, then money at stake, then
-- what has no date.
chosen_steps as (

    select
        *,
        case
            when waiting_state = 'overdue' then 'call_late'
            when waiting_state = 'waiting' then 'call'
            when disputed_side is not null then 'settle_dispute'
            when complaint_date is not null then 'resolve_complaint'
            when open_deals > 0 then 'move_deal'
            when won_deals > 0 then 'keep_client'
            when audit_due_date is not null
                then case when is_audit_overdue then 'audit_late' else 'audit' end
            when waiting_state = 'ignored' then 'neglected'
            when current_stage in ('rejected', 'junk') then 'rejected'
            when current_stage = 'recycled' then 'nurture'
            when lost_deals > 0 then 'lost'
            when not is_handed_over then 'not_handed_over'
            when quiet_days >= card_terms.shown_for_days then 'quiet'
            when is_feedback_missing then 'give_feedback'
            when bant_band = 'incomplete' then 'ask'
            else 'offer'
        end as step

    from lead_facts
    cross join card_terms

)

select
    lead_id,
    step,
    {{ message('lead.next_step', {
        'step': 'step',
        'due': as_time('response_due_at'),
        'side': 'disputed_side',
        'complained': as_day('complaint_date'),
        'stage': 'open_stage',
        'audit': as_day('audit_due_date'),
        'days': 'quiet_days',
        'gaps': as_message('bant_reason_message')
    }) }} as next_step_message,
    case
        when step = 'settle_dispute' then 'both'
        when step in ('nurture', 'not_handed_over') then 'marketing'
        when step in ('audit', 'audit_late') then 'analyst'
        when step in ('rejected', 'lost') then null
        else 'sales'
    end as next_step_owner,
    case
        when step in ('call_late', 'neglected', 'give_feedback', 'resolve_complaint') then 'bad'
        when step in ('call', 'settle_dispute', 'quiet') or is_audit_overdue then 'warn'
        else 'neutral'
    end as tone

from chosen_steps
