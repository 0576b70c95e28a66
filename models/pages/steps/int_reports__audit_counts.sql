-- One row: how many turned-down leads wait for an analyst now, and whether audits are connected.

with

waiting_audits as (

    select * from {{ ref('int_reports__waiting_audits') }}

),

streams as (

    select * from {{ ref('dim_streams') }}

),

counted_leads as (

    select
        cast(count(case when not is_too_old then 1 end) as bigint) as waiting_leads,
        cast(count(case when is_overdue and not is_too_old then 1 end) as bigint)
            as overdue_leads,
        cast(count(case when is_too_old then 1 end) as bigint) as too_old_leads

    from waiting_audits

),

connections as (

    select
        max(case when stream = 'lead_events' and is_connected then 1 else 0 end) = 1
            as has_lead_events,
        max(case when stream = 'lead_audits' and is_connected then 1 else 0 end) = 1
            as has_audits

    from streams

)

select
    counted_leads.*,
    connections.has_lead_events,
    connections.has_audits

from counted_leads
cross join connections
