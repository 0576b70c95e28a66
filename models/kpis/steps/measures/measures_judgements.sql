-- One row per measure, day and combination of dimensions: leads that sales accepted or rejected,
-- by the day of that judgement.

with

judgements as (

    select
        {{ company_date('judgements.judged_at') }} as date_day,
        judgements.judgement,
        leads.channel_id,
        leads.campaign_id,
        leads.product_line_id,
        judgements.person_id

    from {{ ref('fct_first_judgements') }} as judgements
    left join {{ ref('dim_leads') }} as leads
        on judgements.lead_id = leads.lead_id

)

{{ sum_measure('reviewed_leads', 'judgements') }}

union all

{{ sum_measure('accepted_leads', 'judgements', where="judgement = 'sal'") }}
