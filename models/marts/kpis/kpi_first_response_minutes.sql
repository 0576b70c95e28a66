-- Business minutes to the first response, and the leads that got one, by the day of assignment.
-- One row per day and combination of the dimensions it has.

with

handovers as (

    select * from {{ ref('fct_lead_handovers') }}

),

first_response_minutes_parts as (

    select
        assigned_date as kpi_date,
        channel_id,
        campaign_id,
        product_line_id,
        person_id,
        'sales' as department_id,
        first_response_minutes as numerator,
        1 as denominator

    from handovers
    where first_response_minutes is not null

)

{{ sum_kpi_parts('first_response_minutes_parts', is_ratio=true) }}
