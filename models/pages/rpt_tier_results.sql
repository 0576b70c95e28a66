-- One row per tier: what its judged leads have brought, against all leads.

with

tier_results as (

    select * from {{ ref('fct_tier_results') }}
    where period_type = 'all'

)

select
    tier,
    coalesce(tier_label, 'Without a tier') as tier_label,
    cast(work_order as integer) as work_order,
    cast(leads as bigint) as leads,
    cast(judged_leads as bigint) as judged_leads,
    cast(collected_leads as bigint) as collected_leads,
    collected_amount,
    collected_per_lead_amount,
    cast(uplift as decimal(28, 4)) as uplift,
    reason_message

from tier_results
