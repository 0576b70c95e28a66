-- One row per rejection that an analyst looked at: the first audit at or after it.

with

rejections as (

    select * from {{ ref('int_quality__rejections') }}

),

audits as (

    select * from {{ ref('int_quality__audits') }}

),

-- One look settles every rejection of the lead that waited for it.
ranked_audits as (

    select
        rejections.rejection_id,
        audits.audit_id,
        audits.rejection_id = rejections.rejection_id as is_latest_rejection,
        row_number() over (
            partition by rejections.rejection_id
            order by audits.audited_at, audits.audit_id
        ) as audit_number

    from rejections
    inner join audits
        on rejections.lead_id = audits.lead_id
        and audits.audited_at >= rejections.rejected_at

),

audited_rejections as (

    select
        rejection_id,
        audit_id,
        is_latest_rejection

    from ranked_audits
    where audit_number = 1

)

select * from audited_rejections
