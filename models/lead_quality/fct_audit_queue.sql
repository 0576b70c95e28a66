-- One row per rejection of a lead: whether an analyst looked at it, and how long it waited.

with

rejections as (

    select * from {{ ref('int_quality__rejections') }}

),

-- One look settles every rejection of the lead that waited for it.
ranked_audits as (

    select
        rejections.rejection_id,
        looks.audit_id,
        looks.rejection_id = rejections.rejection_id as is_latest_rejection,
        row_number() over (
            partition by rejections.rejection_id
            order by looks.audited_at, looks.audit_id
        ) as audit_number

    from rejections
    inner join {{ ref('int_quality__audits') }} as looks
        on rejections.lead_id = looks.lead_id
        and looks.audited_at >= rejections.rejected_at

),

audited_rejections as (

    select
        rejection_id,
        audit_id,
        is_latest_rejection

    from ranked_audits
    where audit_number = 1

),

queue as (

    select
        rejections.rejection_id,
        rejections.lead_id,
        rejections.exit_kind,
        rejections.rejected_at,
        rejections.rejected_date,
        rejections.rejected_by_person_id,
        rejections.reason,
        leads.product_line_id,
        leads.channel_id,
        leads.campaign_id,
        audits.audit_id,
        audits.audited_at,
        audits.audited_date,
        audits.analyst_person_id,
        audits.verdict,
        audits.reason as audit_reason,
        rejections.due_date,
        cast({{ dbt.datediff(
            'rejections.rejected_date', 'coalesce(audits.audited_date, as_of.as_of_date)', 'day'
        ) }} as bigint) as waiting_days,
        case
            when audits.audit_id is not null then 'audited'
            when as_of.as_of_date > rejections.due_date then 'overdue'
            else 'waiting'
        end as status,
        audits.audit_id is null and coalesce(as_of.as_of_date > rejections.due_date, false)
            as is_overdue,
        case
            when audits.audit_id is not null then audits.audited_date <= rejections.due_date
            when as_of.as_of_date > rejections.due_date then false
        end as is_in_time,
        -- The money stands once, at the rejection the audit judged.
        case
            when audited_rejections.is_latest_rejection then audits.reclaimed_amount
            when audits.audit_id is not null then cast(0 as decimal(28, 2))
        end as reclaimed_amount,
        '{{ var("company_currency") }}' as currency_code

    from rejections
    cross join {{ ref('dim_as_of') }} as as_of
    left join audited_rejections
        on rejections.rejection_id = audited_rejections.rejection_id
    left join {{ ref('fct_lead_audits') }} as audits
        on audited_rejections.audit_id = audits.audit_id
    left join {{ ref('dim_leads') }} as leads
        on rejections.lead_id = leads.lead_id

)

select * from queue
