-- Internal requests answered in time, by the day they were asked. One for which nothing is agreed
-- is neither in time nor late: it is unknown.

with

requests as (

    select * from {{ ref('fct_internal_requests') }}

),

counted as (

    select
        requested_date as date_day,
        person_id,
        to_department_id as department_id,
        case when is_met then 1 when status is not null then 0 end as quantity,
        coalesce(status = 'pending', false) as is_pending

    from requests

)

{{ sum_measure('requests_in_time', 'counted') }}
