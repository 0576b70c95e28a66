-- Leads that sales accepted among those it judged, by the day of judgement.
-- One row per day and combination of the dimensions it has.

with

judgements as (

    select * from {{ ref('int_handover__first_judgements') }}

),

leads as (

    select * from {{ ref('dim_leads') }}

),

lead_acceptance_rate_parts as (

    select
        {{ company_date('judgements.judged_at') }} as kpi_date,
        leads.channel_id,
        leads.campaign_id,
        leads.product_line_id,
        judgements.person_id,
        'marketing' as department_id,
        case when judgements.judgement = 'sal' then 1 else 0 end as numerator,
        1 as denominator

    from judgements
    left join leads
        on judgements.lead_id = leads.lead_id

)

{{ sum_kpi_parts('lead_acceptance_rate_parts', is_ratio=true) }}
