-- Leads that sales accepted or rejected, by the day of that judgement.

with

judgements as (

    select * from {{ ref('fct_first_judgements') }}

),

leads as (

    select * from {{ ref('dim_leads') }}

),

counted as (

    select
        {{ company_date('judgements.judged_at') }} as date_day,
        leads.channel_id,
        leads.campaign_id,
        leads.product_line_id,
        judgements.person_id,
        'marketing' as department_id,
        1 as quantity

    from judgements
    left join leads
        on judgements.lead_id = leads.lead_id

)

{{ sum_measure('reviewed_leads', 'counted') }}
