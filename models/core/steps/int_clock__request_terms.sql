-- One row per internal request: the answering time agreed on the day it was asked.

with

requests as (

    select * from {{ ref('stg_files__internal_requests') }}

),

request_terms as (

    select * from {{ ref('request_terms') }}

),

as_of as (

    select * from {{ ref('dim_as_of') }}

),

agreed_requests as (

    select
        requests.request_id,
        requests.requested_at,
        requests.requested_date,
        -- What lies after the instant the data speaks for has not happened yet.
        case when requests.answered_at <= as_of.observed_until then requests.answered_at end
            as answered_at,
        request_terms.request_label,
        request_terms.answer_minutes as minutes_allowed

    from requests
    inner join as_of
        on requests.requested_at <= as_of.observed_until
    left join request_terms
        on requests.request_kind = lower(request_terms.request_kind)
        and {{ is_in_force('request_terms', 'requests.requested_date') }}

)

select * from agreed_requests
