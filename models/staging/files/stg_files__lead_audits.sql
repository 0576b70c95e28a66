-- One row per audit.

with

lead_audits as (

    {{ current_rows('lead_audits') }}

),

leads as (

    select lead_id from {{ ref('stg_files__leads') }}

),

cleaned_lead_audits as (

    select
        {{ clean_text('audit_id') }} as audit_id,
        {{ clean_text('lead_id') }} as lead_id,
        audited_at,
        {{ company_date('audited_at') }} as audited_date,
        {{ clean_id('person_id') }} as person_id,
        verdict,
        {{ clean_text('reason') }} as reason,
        cast(minutes_spent as decimal(28, 2)) as minutes_spent

    from lead_audits

),

-- What names no lead is about nobody; data health counts it.
known_lead_audits as (

    select cleaned_lead_audits.*
    from cleaned_lead_audits
    inner join leads
        on cleaned_lead_audits.lead_id = leads.lead_id

)

select * from known_lead_audits
