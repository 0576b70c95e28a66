-- One row per rejected lead that waits for an analyst: since when, until when in time, and what
-- a lead of its tier is worth. One look settles every rejection of the lead that waits.

with

queue as (

    select * from {{ ref('fct_audit_queue') }}
    where audit_id is null

),

card_terms as (

    select * from {{ ref('int_reports__card_terms') }}

),

numbered_rejections as (

    select
        *,
        row_number() over (
            partition by lead_id order by rejected_at desc, rejection_id desc
        ) as rejection_number,
        min(rejected_date) over (partition by lead_id) as waiting_since_date,
        max(waiting_days) over (partition by lead_id) as longest_waiting_days,
        min(due_date) over (partition by lead_id) as first_due_date,
        max(case when is_overdue then 1 else 0 end) over (partition by lead_id) = 1
            as is_lead_overdue

    from queue

),

-- The oldest rejection sets the clock, the latest one says why the lead lies where it lies.
waiting_leads as (

    select
        lead_id,
        exit_kind,
        reason,
        rejected_by_person_id,
        product_line_id,
        channel_id,
        waiting_since_date,
        first_due_date as due_date,
        longest_waiting_days as waiting_days,
        is_lead_overdue as is_overdue

    from numbered_rejections
    where rejection_number = 1

),

-- Where nobody audits (the source is not connected) no lead can be audited.
connections as (

    select
        max(case when stream = 'lead_audits' and is_connected then 1 else 0 end) = 1 as has_audits

    from {{ ref('dim_streams') }}

),

-- After so many days nobody can win the lead back: it is counted, not queued.
valued_leads as (

    select
        waiting_leads.*,
        waiting_leads.is_overdue
        and coalesce(waiting_leads.waiting_days > card_terms.shown_for_days, false) as is_too_old,
        lead_bands.expected_amount,
        lead_bands.tier_label,
        connections.has_audits

    from waiting_leads
    cross join card_terms
    cross join connections
    left join {{ ref('fct_lead_bands') }} as lead_bands
        on waiting_leads.lead_id = lead_bands.lead_id

),

-- The most valuable first, among equals the one that waits longest.
ranked_leads as (

    select
        *,
        row_number() over (
            partition by is_too_old
            order by coalesce(expected_amount, 0) desc, waiting_days desc, lead_id
        ) as queue_rank

    from valued_leads

)

select
    *,
    queue_rank <= 100 as is_listed

from ranked_leads
