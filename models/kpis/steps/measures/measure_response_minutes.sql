-- Business minutes to the first response, by the day of assignment. A lead that nobody answered yet
-- is waited for until it counts as ignored.

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
        coalesce(first_response_minutes, 0) as quantity,
        first_response_minutes is null as is_pending

    from handovers
    where
        first_response_minutes is not null
        or (first_response_at is null and not is_judged_ignored)

)

{{ sum_measure('response_minutes', 'counted') }}
