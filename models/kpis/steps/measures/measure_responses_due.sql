-- First responses to leads that are due, by the day the lead was assigned.

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
        case when is_response_due then 1 else 0 end as quantity,
        not is_response_due as is_pending

    from handovers
    where is_response_due is not null

)

{{ sum_measure('responses_due', 'counted') }}
