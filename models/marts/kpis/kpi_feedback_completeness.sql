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
        case when has_verdict then 1 else 0 end as numerator,
        1 as denominator

    from handovers
    where is_feedback_due

)

{{ sum_kpi_parts('feedback_completeness_parts', is_ratio=true) }}
