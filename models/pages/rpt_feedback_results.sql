-- One row per range and salesperson (all for everybody): leads handed over long enough ago to be
-- judged, how many of them got a verdict, and which.

{% set verdicts = ['customer', 'in_work', 'too_weak', 'wrong_person', 'duplicate'] %}

with

handovers as (

    select * from {{ ref('fct_lead_handovers') }}
    where is_feedback_due

),

ranges as (

    select * from {{ ref('int_reports__ranges') }}

),

people_handovers as (

    {% for person_id in ["coalesce(person_id, 'unattributed')", "'all'"] %}
    select
        {{ person_id }} as member_id,
        assigned_date,
        has_verdict,
        verdict

    from handovers
    {% if not loop.last %}
    union all
    {% endif %}
    {% endfor %}

),

counted_verdicts as (

    select
        ranges.range_id,
        people_handovers.member_id as person_id,
        count(*) as due_leads,
        {% for verdict in verdicts %}
        count(case when people_handovers.verdict = '{{ verdict }}' then 1 end)
            as {{ verdict }}_leads,
        {% endfor %}
        count(case when people_handovers.has_verdict then 1 end) as judged_leads

    from people_handovers
    inner join ranges
        on people_handovers.assigned_date >= ranges.range_start
        and people_handovers.assigned_date < ranges.counted_end
    group by ranges.range_id, people_handovers.member_id

)

select
    counted_verdicts.range_id,
    counted_verdicts.person_id,
    {{ name_or(
        'coalesce(' ~ person_label('people')
        ~ ", case when counted_verdicts.person_id not in ('all', 'unattributed') "
        ~ 'then counted_verdicts.person_id end)',
        message('lead_quality.person', {'person': 'counted_verdicts.person_id'})
    ) }} as person_label_message,
    counted_verdicts.person_id = 'all' as is_total,
    cast(counted_verdicts.due_leads as bigint) as due_leads,
    cast(counted_verdicts.judged_leads as bigint) as judged_leads,
    {% for verdict in verdicts %}
    cast(counted_verdicts.{{ verdict }}_leads as bigint) as {{ verdict }}_leads,
    {% endfor %}
    cast(
        {{ exact_ratio('counted_verdicts.judged_leads', 'counted_verdicts.due_leads') }}
        as decimal(28, 6)
    ) as feedback_rate

from counted_verdicts
left join {{ ref('dim_people') }} as people
    on counted_verdicts.person_id = people.person_id
