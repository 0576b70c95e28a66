-- One row per audit.

with

lead_audits as (

    select * from {{ source('files', 'lead_audits') }}

),

cleaned_lead_audits as (

    select
        {{ clean_text('audit_id') }} as audit_id,
        {{ clean_text('lead_id') }} as lead_id,
        audited_at,
        {{ company_date('audited_at') }} as audited_date,
        {{ clean_text('person_id') }} as person_id,
        verdict,
        {{ clean_text('reason') }} as reason,
        cast(minutes_spent as decimal(28, 2)) as minutes_spent

    from lead_audits

)

select * from cleaned_lead_audits
