-- One row per scope (the company and each product line) and month or quarter: how far each side
-- came towards its target, and what that means together.

with

alignment as (

    select * from {{ ref('int_reports__alignment') }}

)

select
    scope_type,
    scope_id,
    scope_label,
    scope_rank,
    period_type,
    period_start,
    period_label,
    {% for side in ['marketing', 'sales', 'company'] %}
    cast({{ side }}_attainment as decimal(28, 10)) as {{ side }}_attainment,
    {% endfor %}
    status_code,
    {{ message('overview.alignment', {'status': 'status_code'}) }} as status_message,
    tone,
    coalesce(measured_by_message, reason_message) as measured_by_message,
    cast(leads as bigint) as leads_count,
    cast(won_deals as decimal(28, 2)) as won_deals_count,
    cast(booked_revenue as decimal(28, 2)) as booked_amount,
    cast(collected_revenue as decimal(28, 2)) as collected_amount,
    cast(collected_revenue_target as decimal(28, 2)) as collected_target_amount,
    cast(wasted_spend as decimal(28, 2)) as wasted_spend_amount,
    cast(ignored_lead_rate as decimal(28, 6)) as ignored_lead_rate

from alignment
