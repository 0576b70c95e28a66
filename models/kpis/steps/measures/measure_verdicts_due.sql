-- Leads handed to sales long enough ago for a verdict, by the day of assignment.

with

handovers as (

    select * from {{ ref('fct_lead_handovers') }}

),

counted as (

    select
        assigned_date as date_day,
        channel_id,
        campaign_id,
        product_line_id,
        person_id,
        'sales' as department_id,
        case when is_feedback_due then 1 else 0 end as quantity,
        not is_feedback_due as is_pending

    from handovers
    where is_feedback_due is not null

)

{{ sum_measure('verdicts_due', 'counted') }}
