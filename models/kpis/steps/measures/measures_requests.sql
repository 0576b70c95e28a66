-- One row per measure, day and combination of dimensions: internal requests and their answers, by
-- the day they were asked.

with

requests as (

    select
        *,
        coalesce(status = 'pending', false) as is_pending

    from {{ ref('fct_internal_requests') }}

)

{{ sum_measure(
    'requests_due',
    'requests',
    date_day='requested_date',
    quantity='case when is_pending then 0 else 1 end',
    is_pending='is_pending'
) }}

union all

-- One for which nothing is agreed is neither in time nor late: it is unknown.
{{ sum_measure(
    'requests_in_time',
    'requests',
    date_day='requested_date',
    quantity='case when is_met then 1 when status is not null then 0 end',
    is_pending='is_pending'
) }}
