-- Handed leads with a sales verdict among those old enough for one, by the day of assignment.
-- One row per day and combination of the dimensions it has.

with

handovers as (

    select * from {{ ref('fct_lead_handovers') }}

),

feedback_completeness_parts as (

    select
        assigned_date as kpi_date,
        channel_id,
        campaign_id,
        product_line_id,
        person_id,
        'sales' as department_id,
        case when is_feedback_due and has_verdict then 1 else 0 end as numerator,
        case when is_feedback_due then 1 else 0 end as denominator,
        not is_feedback_due as is_pending

    from handovers
    where is_feedback_due is not null

)

{{ sum_kpi_parts('feedback_completeness_parts', is_ratio=true, has_pending=true) }}
