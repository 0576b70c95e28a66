-- One row per lead handed to sales: the first response sales owes marketing.

with

handovers as (

    select * from {{ ref('fct_lead_handovers') }}

),

readings as (

    select * from {{ ref('int_clock__readings') }}
    where record_type = 'lead'

),

as_of as (

    select * from {{ ref('int_ops__as_of') }}

),

response_obligations as (

    select
        handovers.lead_id,
        handovers.person_id,
        handovers.product_line_id,
        handovers.assigned_at as started_at,
        handovers.assigned_date as started_date,
        handovers.response_due_at as due_at,
        handovers.first_response_at as done_at,
        {{ sla_status(
            'handovers.first_response_at', 'handovers.response_due_at', 'as_of.observed_until'
        ) }} as status,
        readings.business_minutes,
        readings.paused_minutes,
        case
            when handovers.response_due_at is null
                then 'no response time is agreed for the day of the hand-over'
        end as reason

    from handovers
    cross join as_of
    left join readings
        on handovers.lead_id = readings.record_id

)

select * from response_obligations
