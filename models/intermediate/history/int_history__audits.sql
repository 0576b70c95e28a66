-- One row per audit of a lead.

with

audits as (

    select * from {{ ref('int_quality__audits') }}

),

audit_events as (

    select
        lead_id,
        audited_at as occurred_at,
        'audit' as event_kind,
        audit_id as event_id,
        800 as event_order,
        analyst_person_id as person_id,
        'Audit: rejection ' || verdict as title,
        case
            when is_judging then reason
            else coalesce(reason || '; ', '') || 'does not count: ' || not_judging_reason
        end as detail,
        cast(null as decimal(28, 2)) as amount,
        cast(null as varchar) as deal_id,
        cast(null as varchar) as client_id

    from audits

)

select * from audit_events
