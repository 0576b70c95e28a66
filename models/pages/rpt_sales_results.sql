-- One row per range and person with anything in it, the total (all) included: results against
-- target, and the page's answer: were leads answered in time, how many were neglected, was the
-- target reached, and who waits for a call now.

{% set measures = [
    ('judged_leads', 'ignored_lead_rate', 'denominator', 'bigint'),
    ('ignored_leads', 'ignored_lead_rate', 'numerator', 'bigint'),
    ('ignored_rate', 'ignored_lead_rate', 'value', 'decimal(28, 6)'),
    ('wasted_amount', 'wasted_spend', 'value', 'decimal(28, 2)'),
    ('due_responses', 'sla_compliance', 'denominator', 'bigint'),
    ('sla_rate', 'sla_compliance', 'value', 'decimal(28, 6)'),
    ('sla_target', 'sla_compliance', 'reference_target', 'decimal(28, 6)'),
    ('sla_attainment', 'sla_compliance', 'reference_attainment', 'decimal(28, 10)'),
    ('feedback_rate', 'feedback_completeness', 'value', 'decimal(28, 6)'),
    ('won_deals', 'won_deals', 'value', 'decimal(28, 4)'),
    ('closed_deals', 'win_rate_count', 'denominator', 'decimal(28, 4)'),
    ('win_rate', 'win_rate_count', 'value', 'decimal(28, 6)'),
    ('booked_amount', 'booked_revenue', 'value', 'decimal(28, 2)'),
    ('booked_target', 'booked_revenue', 'reference_target', 'decimal(28, 2)'),
    ('booked_attainment', 'booked_revenue', 'reference_attainment', 'decimal(28, 10)'),
    ('collected_amount', 'collected_revenue', 'value', 'decimal(28, 2)'),
] %}
{% set lists = {
    'call_now_leads': "list = 'call_now'",
    'overdue_leads': "list = 'call_now' and waiting_state = 'overdue'",
    'neglected_leads': "list = 'neglected'",
    'neglected_90_days_leads': "list = 'neglected' and waiting_days < 90",
} %}

with

results as (

    select
        ranges.range_id,
        ranges.range_type,
        ranges.range_start,
        case when kpi_values.scope_type = 'company' then 'all' else kpi_values.scope_id end
            as person_id,
        kpi_values.scope_type = 'company' as is_total,
        {% for name, kpi, part, type in measures %}
        cast(
            max(case when kpi_values.kpi = '{{ kpi }}' then kpi_values.{{ part }} end) as {{ type }}
        ) as {{ name }}{{ ',' if not loop.last }}
        {% endfor %}

    from {{ ref('fct_kpi_values') }} as kpi_values
    inner join {{ ref('dim_ranges') }} as ranges
        on kpi_values.period_type = ranges.range_type
        and kpi_values.period_start = ranges.range_start
    where kpi_values.scope_type in ('company', 'person')
    group by
        ranges.range_id,
        ranges.range_type,
        ranges.range_start,
        kpi_values.scope_type,
        kpi_values.scope_id

),

-- Leads nobody works stand outside the ranges: they wait now.
waiting_leads as (

    {% for person in ["'all'", 'person_id'] %}
    select
        {{ person }} as person_id,
        {% for count, condition in lists.items() %}
        count(case when {{ condition }} then 1 end) as {{ count }}{{ ',' if not loop.last }}
        {% endfor %}

    from {{ ref('int_reports__unworked_leads') }}
    {% if not loop.first %}
    group by person_id
    {% else %}
    union all
    {% endif %}
    {% endfor %}

),

named_results as (

    select
        results.*,
        coalesce({{ person_label('people') }}, results.person_id) as person_name,
        response_times.median_response_minutes,
        {% for count in lists %}
        cast(coalesce(waiting_leads.{{ count }}, 0) as bigint)
            as {{ count }}{{ ',' if not loop.last }}
        {% endfor %}

    from results
    left join {{ ref('dim_people') }} as people
        on results.person_id = people.person_id
    left join {{ ref('int_reports__response_times') }} as response_times
        on results.range_id = response_times.range_id
        and results.person_id = response_times.person_id
    left join waiting_leads
        on results.person_id = waiting_leads.person_id
    where
        results.is_total
        or results.judged_leads != 0
        or results.due_responses != 0
        or results.closed_deals != 0
        or results.won_deals != 0
        or results.collected_amount != 0

)

select
    range_id,
    range_type,
    range_start,
    person_id,
    {{ message('sales.person', {'kind': 'person_id', 'name': 'person_name'}) }}
        as person_label_message,
    {{ message('sales.person_choice', {'kind': 'person_id', 'name': 'person_name'}) }}
        as person_choice_message,
    cast(dense_rank() over (order by is_total desc, person_name, person_id) as integer)
        as person_order,
    is_total,
    judged_leads,
    ignored_leads,
    ignored_rate,
    wasted_amount,
    sla_rate,
    sla_target,
    feedback_rate,
    won_deals,
    win_rate,
    booked_amount,
    booked_target,
    booked_attainment,
    median_response_minutes,
    call_now_leads,
    neglected_leads,
    neglected_90_days_leads,
    case when sla_attainment < 1 then 'bad' else 'neutral' end as sla_tone,
    case when booked_attainment < 1 then 'bad' else 'neutral' end as booked_tone,
    {{ message('sales.headline', {
        'calls': 'call_now_leads',
        'overdue': 'overdue_leads',
        'period': as_period('range_type', 'range_start'),
        'person': 'case when not is_total then person_name end',
        'sla': as_kpi('sla_rate', "'percent'", 'sla_target', 'sla_attainment'),
        'sla_target': as_percent('sla_target'),
        'ignored': 'ignored_leads',
        'judged': 'judged_leads',
        'booked': as_money('booked_amount'),
        'attainment': as_attainment('booked_attainment'),
        'won': as_number('won_deals', 0),
        'won_count': 'cast(won_deals as bigint)'
    }) }} as headline_message,
    -- Neglected leads are money already spent: they weigh more than a missed target.
    case
        when sla_attainment < 1 then 'bad'
        when booked_attainment < 1 then 'warn'
        when sla_target is null and booked_attainment is null then 'neutral'
        else 'good'
    end as headline_tone

from named_results
