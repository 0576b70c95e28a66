-- Assigned leads that nobody worked in time, by the day they were assigned. One younger than the
-- term is not yet judged: it is pending.

with

handovers as (

    select * from {{ ref('fct_lead_handovers') }}

),

leads as (

    select * from {{ ref('dim_leads') }}

),

counted as (

    select
        handovers.assigned_date as date_day,
        handovers.channel_id,
        handovers.campaign_id,
        {{ page_path('leads.landing_page') }} as landing_page,
        handovers.product_line_id,
        handovers.person_id,
        'sales' as department_id,
        case when handovers.is_ignored then 1 else 0 end as quantity,
        not handovers.is_judged_ignored as is_pending

    from handovers
    left join leads
        on handovers.lead_id = leads.lead_id
    where handovers.is_judged_ignored is not null

)

{{ sum_measure('ignored_leads', 'counted') }}
