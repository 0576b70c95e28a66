-- What the time of the analysts cost, by the day of the audit: also of one that judges nothing.

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
        analyst_person_id as person_id,
        analyst_department_id as department_id,
        cost_amount as quantity

    from audits

)

{{ sum_measure('audit_cost', 'counted') }}
