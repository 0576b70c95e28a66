-- First responses given in time among those due, by the day the lead was assigned.
-- One row per day and combination of the dimensions it has.

with

handovers as (

    select * from {{ ref('fct_lead_handovers') }}

),

sla_compliance_parts as (

    select
        assigned_date as kpi_date,
        channel_id,
        campaign_id,
        product_line_id,
        person_id,
        'sales' as department_id,
        case when is_response_in_time then 1 else 0 end as numerator,
        case when is_response_due then 1 else 0 end as denominator,
        not is_response_due as is_pending

    from handovers
    where is_response_due is not null

)

{{ sum_kpi_parts('sla_compliance_parts', is_ratio=true, has_pending=true) }}
