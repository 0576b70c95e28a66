-- One row per audit: the rejection it looked at, and whether it is the one that judges it.

with

lead_audits as (

    select * from {{ ref('stg_files__lead_audits') }}

),

rejections as (

    select * from {{ ref('int_quality__rejections') }}

),

as_of as (

    select * from {{ ref('dim_as_of') }}

),

-- An analyst looks at the latest rejection before the audit.
ranked_rejections as (

    select
        lead_audits.audit_id,
        rejections.rejection_id,
        row_number() over (
            partition by lead_audits.audit_id
            order by rejections.rejected_at desc, rejections.rejection_id desc
        ) as rejection_number

    from lead_audits
    inner join rejections
        on lead_audits.lead_id = rejections.lead_id
        and lead_audits.audited_at >= rejections.rejected_at

),

-- The first look decides; a second one at the same rejection costs time and changes nothing.
numbered_audits as (

    select
        lead_audits.*,
        ranked_rejections.rejection_id,
        row_number() over (
            partition by ranked_rejections.rejection_id
            order by lead_audits.audited_at, lead_audits.audit_id
        ) as audit_number

    from lead_audits
    inner join as_of
        on lead_audits.audited_at <= as_of.observed_until
    left join ranked_rejections
        on lead_audits.audit_id = ranked_rejections.audit_id
        and ranked_rejections.rejection_number = 1

),

judged_audits as (

    select
        audit_id,
        lead_id,
        rejection_id,
        audited_at,
        audited_date,
        person_id as analyst_person_id,
        verdict,
        reason,
        minutes_spent,
        rejection_id is not null and audit_number = 1 as is_judging,
        case
            when rejection_id is null then 'not_rejected'
            when audit_number > 1 then 'audited_before'
        end as not_judging_code

    from numbered_audits

)

select * from judged_audits
