-- One row per range and person with anything in it, the total (all) included: results against
-- target, and the page's answer: were leads answered in time, how many were neglected, was the
-- target reached, and who waits for a call now.

with

results as (

    select * from {{ ref('int_reports__sales_results') }}

),

calls as (

    {% for person in ["'all'", 'person_id'] %}
    select
        {{ person }} as person_id,
        count(*) as call_now_leads,
        count(case when waiting_state = 'overdue' then 1 end) as overdue_leads

    from {{ ref('int_reports__unworked_leads') }}
    where list = 'call_now'
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
        results.person_id = 'all' as is_total,
        coalesce({{ person_label('people') }}, results.person_id) as person_name,
        response_times.median_response_minutes,
        coalesce(calls.call_now_leads, 0) as call_now_leads,
        coalesce(calls.overdue_leads, 0) as overdue_leads

    from results
    left join {{ ref('dim_people') }} as people
        on results.person_id = people.person_id
    left join {{ ref('int_reports__response_times') }} as response_times
        on results.range_id = response_times.range_id
        and results.person_id = response_times.person_id
    left join calls
        on results.person_id = calls.person_id

)

select
    range_id,
    range_type,
    range_start,
    person_id,
    {{ message('sales.person', {'kind': 'person_id', 'name': 'person_name'}) }}
        as person_label_message,
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
