-- One row per range, person (all for everybody) and kind of thing owed: how many, how they stand,
-- and what has become of those missed.

{% set counts = [
    'owed', 'due', 'met', 'late', 'breached', 'pending', 'unknown',
    'to_call', 'neglected', 'closed', 'early', 'old_enough', 'judged',
] %}

with

-- A lead nobody called is on one of two lists of the page, or sales closed it without a call. The
-- card of feedback counts only leads old enough.
followed_obligations as (

    select
        obligations.person_id,
        obligations.owing_department_id,
        obligations.obligation_kind,
        obligations.started_date,
        obligations.is_due,
        obligations.status,
        case
            when obligations.status = 'breached'
                then coalesce(unworked_leads.waiting_state, 'closed')
        end as missed_state,
        coalesce(handovers.is_feedback_due, false) as is_old_enough,
        coalesce(handovers.has_verdict, false) as has_verdict

    from {{ ref('fct_sla_obligations') }} as obligations
    left join {{ ref('fct_lead_handovers') }} as handovers
        on obligations.lead_id = handovers.lead_id
    left join {{ ref('int_reports__unworked_leads') }} as unworked_leads
        on obligations.lead_id = unworked_leads.lead_id

),

-- An obligation counts in the period in which it began, as in the KPIs.
counted_days as (

    {% for person in ["'all'", "coalesce(person_id, 'unattributed')"] %}
    select
        {{ person }} as person_id,
        owing_department_id,
        obligation_kind,
        started_date,
        count(*) as owed,
        count(case when is_due then 1 end) as due,
        {% for status in ['met', 'late', 'breached', 'pending'] %}
        count(case when status = '{{ status }}' then 1 end) as {{ status }},
        {% endfor %}
        count(case when status is null then 1 end) as unknown,
        count(case when missed_state in ('overdue', 'waiting') then 1 end) as to_call,
        count(case when missed_state = 'ignored' then 1 end) as neglected,
        count(case when missed_state = 'closed' then 1 end) as closed,
        count(case when is_due and not is_old_enough then 1 end) as early,
        count(case when is_old_enough then 1 end) as old_enough,
        count(case when is_old_enough and has_verdict then 1 end) as judged

    from followed_obligations
    group by
        {% if not loop.first %}
        coalesce(person_id, 'unattributed'),
        {% endif %}
        owing_department_id,
        obligation_kind,
        started_date
    {% if not loop.last %}
    union all
    {% endif %}
    {% endfor %}

)

select
    ranges.range_id,
    counted_days.person_id,
    counted_days.owing_department_id,
    {% for count in counts %}
    cast(sum(counted_days.{{ count }}) as bigint) as {{ count }},
    {% endfor %}
    counted_days.obligation_kind

from counted_days
inner join {{ ref('dim_ranges') }} as ranges
    on counted_days.started_date >= ranges.range_start
    and counted_days.started_date < ranges.counted_end
group by
    ranges.range_id,
    counted_days.person_id,
    counted_days.owing_department_id,
    counted_days.obligation_kind
