-- Internal requests answered in time among those due, by the day they were asked.
-- One row per day and combination of the dimensions it has.

with

requests as (

    select * from {{ ref('fct_internal_requests') }}

),

-- A request for which nothing is agreed is neither in time nor late: its parts are unknown.
request_compliance_parts as (

    select
        requested_date as kpi_date,
        cast(null as varchar) as channel_id,
        cast(null as varchar) as campaign_id,
        cast(null as varchar) as product_line_id,
        person_id,
        to_department_id as department_id,
        case when is_met then 1 when status is not null then 0 end as numerator,
        case when status = 'pending' then 0 else 1 end as denominator,
        coalesce(status = 'pending', false) as is_pending

    from requests

)

{{ sum_kpi_parts('request_compliance_parts', is_ratio=true, has_pending=true) }}
