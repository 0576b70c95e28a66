-- Leads that sales accepted among those it judged, by the day of judgement.
-- One row per day and combination of the dimensions it has.

with

handovers as (

    select * from {{ ref('fct_lead_handovers') }}

),

lead_acceptance_rate_parts as (

    select
        {{ company_date('judged_at') }} as kpi_date,
        channel_id,
        campaign_id,
        product_line_id,
        person_id,
        'marketing' as department_id,
        case when is_accepted then 1 else 0 end as numerator,
        1 as denominator

    from handovers
    where judged_at is not null

)

{{ sum_kpi_parts('lead_acceptance_rate_parts', is_ratio=true) }}
