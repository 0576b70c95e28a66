-- One row per lead with a card: how the promises about it stand, in words, and what quality
-- analysts said of it.

with

shown_leads as (

    select * from {{ ref('int_reports__shown_leads') }}

),

responses as (

    select * from {{ ref('fct_sla_obligations') }}
    where obligation_kind = 'first_response'

),

feedback as (

    select * from {{ ref('fct_sla_obligations') }}
    where obligation_kind = 'feedback'

),

rejections as (

    select
        *,
        row_number() over (partition by lead_id order by rejected_at desc, rejection_id desc)
            as rejection_number

    from {{ ref('fct_audit_queue') }}

),

open_audits as (

    select * from {{ ref('int_reports__open_audits') }}

)

select
    shown_leads.lead_id,
    {{ sla_text('responses') }} as response_state,
    {{ sla_tone('responses') }} as response_tone,
    {{ sla_text('feedback') }} as feedback_state,
    {{ sla_tone('feedback') }} as feedback_tone,
    case
        when open_audits.is_audit_overdue
            then 'overdue since ' || {{ day_text('open_audits.audit_due_date') }}
        when open_audits.lead_id is not null
            then 'due ' || {{ day_text('open_audits.audit_due_date') }}
        when rejections.status = 'audited'
            then
                'rejection ' || rejections.verdict
                || ' on ' || {{ day_text('rejections.audited_date') }}
                || coalesce(': ' || rejections.audit_reason, '')
    end as audit_state,
    case
        when open_audits.is_audit_overdue then 'bad'
        when rejections.verdict = 'overturned' then 'warn'
        else 'neutral'
    end as audit_tone

from shown_leads
left join responses
    on shown_leads.lead_id = responses.lead_id
left join feedback
    on shown_leads.lead_id = feedback.lead_id
left join rejections
    on shown_leads.lead_id = rejections.lead_id
    and rejections.rejection_number = 1
left join open_audits
    on shown_leads.lead_id = open_audits.lead_id
