-- Business minutes to the first response, and the leads that got one, by the day of assignment.
-- One row per day and combination of the dimensions it has.

with

handovers as (

    select * from {{ ref('fct_lead_handovers') }}

),

-- A lead that nobody answered yet is waited for until it counts as ignored.
first_response_minutes_parts as (

    select
        assigned_date as kpi_date,
        channel_id,
        campaign_id,
        product_line_id,
        person_id,
        'sales' as department_id,
        coalesce(first_response_minutes, 0) as numerator,
        case when first_response_minutes is not null then 1 else 0 end as denominator,
        first_response_minutes is null as is_pending

    from handovers
    where
        first_response_minutes is not null
        or (first_response_at is null and not is_judged_ignored)

)

{{ sum_kpi_parts('first_response_minutes_parts', is_ratio=true, has_pending=true) }}
