-- One row per buyer persona (all for everybody): how many of its judged leads were qualified and
-- won, and what they have brought.

with

cohort_leads as (

    select * from {{ ref('fct_cohort_leads') }}

),

lead_outcomes as (

    select * from {{ ref('int_reports__lead_outcomes') }}

),

persona_leads as (

    {% for persona, label in [
        ("coalesce(cohort_leads.persona, 'none')", 'cohort_leads.persona_label'),
        ("'all'", "'All leads'"),
    ] %}
    select
        {{ persona }} as persona,
        {{ label }} as persona_label,
        cohort_leads.is_judged,
        cohort_leads.is_qualified,
        lead_outcomes.outcome = 'won' as is_won,
        cohort_leads.collected_amount

    from cohort_leads
    inner join lead_outcomes
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
        count(*) as leads,
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
    persona,
    coalesce(persona_label, case persona when 'none' then 'No persona' else persona end)
        as persona_label,
    persona = 'all' as is_total,
    cast(leads as bigint) as leads,
    cast(judged_leads as bigint) as judged_leads,
    cast({{ exact_ratio('qualified_leads', 'known_leads') }} as decimal(28, 6))
        as qualified_share,
    cast(won_leads as bigint) as won_leads,
    cast({{ exact_ratio('won_leads', 'judged_leads') }} as decimal(28, 6)) as won_share,
    cast(collected_amount as decimal(28, 2)) as collected_amount,
    cast({{ exact_ratio('collected_amount', 'judged_leads') }} as decimal(28, 2))
        as collected_per_lead_amount

from counted_personas
