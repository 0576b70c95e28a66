-- One row per range and salesperson (all for everybody): leads handed over long enough ago to be
-- judged, the share with a verdict, and which verdicts.

{% set verdicts = ['customer', 'in_work', 'too_weak', 'wrong_person', 'duplicate'] %}

with

handovers as (

    select * from {{ ref('fct_lead_handovers') }}
    where is_feedback_due

),

ranges as (

    select * from {{ ref('dim_ranges') }}

),

people_handovers as (

    {% for person_id in ["coalesce(person_id, 'unattributed')", "'all'"] %}
    select
        {{ person_id }} as member_id,
        assigned_date,
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
        {% for verdict in verdicts %}
        cast(count(case when people_handovers.verdict = '{{ verdict }}' then 1 end) as bigint)
            as {{ verdict }}_leads,
        {% endfor %}
        people_handovers.member_id as person_id

    from people_handovers
    inner join ranges
        on people_handovers.assigned_date >= ranges.range_start
        and people_handovers.assigned_date < ranges.counted_end
    group by ranges.range_id, people_handovers.member_id

),

feedback_rates as (

    select
        ranges.range_id,
        case kpi_values.scope_type when 'company' then 'all' else kpi_values.scope_id end
            as person_id,
        kpi_values.denominator as due_leads,
        kpi_values.value as feedback_rate

    from {{ ref('fct_kpi_values') }} as kpi_values
    inner join ranges
        on kpi_values.period_type = ranges.range_type
        and kpi_values.period_start = ranges.range_start
    where
        kpi_values.kpi = 'feedback_completeness'
        and kpi_values.scope_type in ('company', 'person')

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
    cast(feedback_rates.due_leads as bigint) as due_leads,
    {% for verdict in verdicts %}
    counted_verdicts.{{ verdict }}_leads,
    {% endfor %}
    cast(feedback_rates.feedback_rate as decimal(28, 6)) as feedback_rate

from counted_verdicts
inner join feedback_rates
    on counted_verdicts.range_id = feedback_rates.range_id
    and counted_verdicts.person_id = feedback_rates.person_id
left join {{ ref('dim_people') }} as people
    on counted_verdicts.person_id = people.person_id
