-- Work that counts as an answer to a lead, and money on a deal of a lead, stand in the history of
-- that lead. A row is an activity or a payment that does not.

with

leads as (

    select * from {{ ref('stg_files__leads') }}

),

as_of as (

    select * from {{ ref('dim_as_of') }}

),

history as (

    select * from {{ ref('fct_lead_history') }}

),

work as (

    select
        activities.activity_id,
        activities.lead_id,
        activities.deal_id

    from {{ ref('stg_files__activities') }} as activities
    inner join as_of
        on activities.occurred_at <= as_of.observed_until
    where {{ is_human_work('activities') }}

),

expected_events as (

    select
        lead_id,
        activity_id as event_id,
        'activity' as event_kind

    from work

    union all

    select
        deals.lead_id,
        work.activity_id as event_id,
        'activity' as event_kind

    from work
    inner join {{ ref('stg_files__deals') }} as deals
        on work.deal_id = deals.deal_id

    union all

    select
        payments.lead_id,
        payments.payment_id as event_id,
        payments.kind as event_kind

    from {{ ref('fct_payments') }} as payments
    inner join as_of
        on payments.paid_at <= as_of.observed_until

)

select
    expected_events.lead_id,
    expected_events.event_kind,
    expected_events.event_id

from expected_events
inner join leads
    on expected_events.lead_id = leads.lead_id
left join history
    on expected_events.lead_id = history.lead_id
    and expected_events.event_kind = history.event_kind
    and expected_events.event_id = history.event_id
where history.event_id is null
