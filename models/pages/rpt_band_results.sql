-- One row per tier and per buyer persona (and all leads): what their leads of judged months became
-- and brought.

with

tier_results as (

    select * from {{ ref('fct_tier_results') }}
    where period_type = 'all'

),

persona_leads as (

    {% for persona, label in [
        ("coalesce(cohort_leads.persona, 'none')", 'cohort_leads.persona_label'),
        ("'all'", 'cast(null as varchar)'),
    ] %}
    select
        {{ persona }} as persona,
        {{ label }} as persona_label,
        cohort_leads.is_judged,
        cohort_leads.is_qualified,
        lead_outcomes.outcome = 'won' as is_won,
        cohort_leads.collected_amount

    from {{ ref('fct_cohort_leads') }} as cohort_leads
    inner join {{ ref('int_reports__lead_outcomes') }} as lead_outcomes
        on cohort_leads.lead_id = lead_outcomes.lead_id
    {% if not loop.last %}
    union all
    {% endif %}
    {% endfor %}

),

counted_personas as (

    select
        persona,
        max(persona_label) as persona_label,
        count(case when is_judged then 1 end) as judged_leads,
        -- Where no rules were in force nobody knows; such leads count on neither side.
        count(case when is_judged then is_qualified end) as known_leads,
        count(case when is_judged and is_qualified then 1 end) as qualified_leads,
        count(case when is_judged and is_won then 1 end) as won_leads,
        sum(case when is_judged then collected_amount end) as collected_amount

    from persona_leads
    group by persona

)

select
    'tier' as band_type,
    tier as band,
    {{ name_or('tier_label', message('lead_quality.no_tier')) }} as band_label_message,
    false as is_total,
    cast(work_order as integer) as sort_order,
    cast(judged_leads as bigint) as judged_leads,
    cast(null as decimal(28, 6)) as qualified_share,
    cast(collected_leads as bigint) as collected_leads,
    cast(null as bigint) as won_leads,
    cast(null as decimal(28, 6)) as won_share,
    collected_amount,
    collected_per_lead_amount,
    cast(uplift as decimal(28, 4)) as uplift

from tier_results

union all

select
    'persona' as band_type,
    persona as band,
    {{ name_or('persona_label', message('lead_quality.persona', {'persona': 'persona'})) }}
        as band_label_message,
    persona = 'all' as is_total,
    cast(case persona when 'none' then 2 else 1 end as integer) as sort_order,
    cast(judged_leads as bigint) as judged_leads,
    cast(qualified_leads / nullif(known_leads, 0) as decimal(28, 6)) as qualified_share,
    cast(null as bigint) as collected_leads,
    cast(won_leads as bigint) as won_leads,
    cast(won_leads / nullif(judged_leads, 0) as decimal(28, 6)) as won_share,
    cast(collected_amount as decimal(28, 2)) as collected_amount,
    {{ round_to_cents('collected_amount', 'nullif(judged_leads, 0)') }}
        as collected_per_lead_amount,
    cast(null as decimal(28, 4)) as uplift

from counted_personas
