-- One row per internal request: what one department asked of the other, and whether it was answered
-- in time.

with

requests as (

    select * from {{ ref('stg_files__internal_requests') }}

),

request_terms as (

    select * from {{ ref('int_clock__request_terms') }}

),

due_times as (

    select * from {{ ref('int_clock__due_times') }}
    where record_type = 'request'

),

readings as (

    select * from {{ ref('int_clock__readings') }}
    where record_type = 'request'

),

as_of as (

    select * from {{ ref('dim_as_of') }}

),

judged_requests as (

    select
        requests.request_id,
        requests.request_kind,
        coalesce(request_terms.request_label, requests.request_kind) as request_label,
        requests.from_department_id,
        requests.to_department_id,
        requests.subject,
        requests.requested_by,
        requests.person_id,
        requests.requested_at,
        requests.requested_date,
        cast(request_terms.minutes_allowed as bigint) as minutes_allowed,
        due_times.due_at,
        request_terms.answered_at,
        readings.business_minutes,
        readings.paused_minutes,
        {{ sla_status('request_terms.answered_at', 'due_times.due_at', 'as_of.observed_until') }}
            as status

    from request_terms
    cross join as_of
    inner join requests
        on request_terms.request_id = requests.request_id
    left join due_times
        on request_terms.request_id = due_times.record_id
    left join readings
        on request_terms.request_id = readings.record_id

),

explained_requests as (

    select
        *,
        coalesce(status != 'pending', false) as is_due,
        case when status != 'pending' then status = 'met' end as is_met,
        case when status is null then 'no_answering_time' end as reason_code

    from judged_requests

)

select * from explained_requests
