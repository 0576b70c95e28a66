-- One row per lead handed to sales that no human has worked and nobody has judged: how long it
-- waits, in business minutes without pauses, and whether it is still in time.

with

handovers as (

    select * from {{ ref('fct_lead_handovers') }}
    where
        first_human_activity_at is null
        and not is_accepted
        and not is_rejected
        and (verdict is null or verdict = 'in_work')

),

leads as (

    select * from {{ ref('dim_leads') }}

),

as_of as (

    select * from {{ ref('int_ops__as_of') }}

)

select
    handovers.lead_id,
    handovers.person_id,
    handovers.product_line_id,
    handovers.channel_id,
    handovers.campaign_id,
    handovers.assigned_at,
    handovers.assigned_date,
    handovers.response_due_at,
    handovers.ignored_after_at,
    case
        when handovers.is_judged_ignored then 'ignored'
        when handovers.response_due_at < as_of.observed_until then 'overdue'
        else 'waiting'
    end as waiting_state,
    handovers.elapsed_minutes as waiting_business_minutes,
    {{ dbt.datediff('handovers.assigned_date', 'as_of.as_of_date', 'day') }}
        as waiting_days,
    leads.cost_amount

from handovers
cross join as_of
inner join leads
    on handovers.lead_id = leads.lead_id
