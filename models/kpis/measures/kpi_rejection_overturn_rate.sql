-- Rejections that an audit overturned among those audited, by the day of the audit.
-- One row per day and combination of the dimensions it has.

with

audits as (

    select * from {{ ref('fct_lead_audits') }}

),

-- The person is the one who threw the lead out, not the one who looked at it.
rejection_overturn_rate_parts as (

    select
        audited_date as kpi_date,
        channel_id,
        campaign_id,
        product_line_id,
        rejected_by_person_id as person_id,
        'sales' as department_id,
        case when verdict = 'overturned' then 1 else 0 end as numerator,
        1 as denominator

    from audits
    where is_judging

)

{{ sum_kpi_parts('rejection_overturn_rate_parts', is_ratio=true) }}
