-- Internal requests whose answer is due, by the day they were asked.

with

requests as (

    select * from {{ ref('fct_internal_requests') }}

),

counted as (

    select
        requested_date as date_day,
        person_id,
        to_department_id as department_id,
        case when status = 'pending' then 0 else 1 end as quantity,
        coalesce(status = 'pending', false) as is_pending

    from requests

)

{{ sum_measure('requests_due', 'counted') }}
