-- One row per lead whose rejection waits for a quality analyst. Where nobody audits (the source is
-- not connected) no lead waits.

with

queue as (

    select * from {{ ref('fct_audit_queue') }}
    where audit_id is null

),

streams as (

    select * from {{ ref('int_ops__streams') }}
    where stream = 'lead_audits' and is_connected

),

open_audits as (

    select
        queue.lead_id,
        min(queue.due_date) as audit_due_date,
        max(case when queue.is_overdue then 1 else 0 end) = 1 as is_audit_overdue

    from queue
    cross join streams
    group by queue.lead_id

)

select * from open_audits
