-- Rejections that an audit judged, by the day of the audit. The person is the one who turned the
-- lead down, not the one who looked at it.

with

audits as (

    select * from {{ ref('fct_lead_audits') }}

),

counted as (

    select
        audited_date as date_day,
        channel_id,
        campaign_id,
        product_line_id,
        rejected_by_person_id as person_id,
        'sales' as department_id,
        1 as quantity

    from audits
    where is_judging

)

{{ sum_measure('audited_rejections', 'counted') }}
