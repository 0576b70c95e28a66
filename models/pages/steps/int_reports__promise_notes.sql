-- One row per range, person (all for everybody) and promise of sales about leads: what has become
-- of those broken, or why the card counts others, in words.

with

obligations as (

    select * from {{ ref('fct_sla_obligations') }}
    where obligation_kind in ('first_response', 'feedback')

),

handovers as (

    select * from {{ ref('fct_lead_handovers') }}

),

unworked_leads as (

    select * from {{ ref('int_reports__unworked_leads') }}

),

ranges as (

    select * from {{ ref('int_reports__ranges') }}

),

-- A lead nobody called is on one of two lists of the page, or sales closed it without a call.
scoped_obligations as (

    {% for person in ["'all'", "coalesce(obligations.person_id, 'unattributed')"] %}
    select
        {{ person }} as person_id,
        obligations.owing_department_id,
        obligations.obligation_kind,
        obligations.started_date,
        case
            when obligations.status != 'breached' then null
            else coalesce(unworked_leads.waiting_state, 'closed')
        end as broken_state,
        coalesce(handovers.is_feedback_due, false) as is_old_enough,
        coalesce(handovers.is_feedback_due and handovers.has_verdict, false) as is_judged,
        obligations.is_due and not coalesce(handovers.is_feedback_due, false) as is_early

    from obligations
    left join handovers
        on obligations.lead_id = handovers.lead_id
    left join unworked_leads
        on obligations.lead_id = unworked_leads.lead_id
    {% if not loop.last %}
    union all
    {% endif %}
    {% endfor %}

),

counted_states as (

    select
        ranges.range_id,
        scoped_obligations.person_id,
        scoped_obligations.owing_department_id,
        scoped_obligations.obligation_kind,
        count(case when broken_state in ('overdue', 'waiting') then 1 end) as to_call,
        count(case when broken_state = 'ignored' then 1 end) as left_lying,
        count(case when broken_state = 'closed' then 1 end) as closed,
        count(case when is_early then 1 end) as early,
        count(case when is_old_enough then 1 end) as old_enough,
        count(case when is_judged then 1 end) as judged

    from scoped_obligations
    inner join ranges
        on scoped_obligations.started_date >= ranges.range_start
        and scoped_obligations.started_date < ranges.counted_end
    group by
        ranges.range_id,
        scoped_obligations.person_id,
        scoped_obligations.owing_department_id,
        scoped_obligations.obligation_kind

)

select
    range_id,
    person_id,
    owing_department_id,
    obligation_kind,
    case
        when obligation_kind = 'first_response' and to_call + left_lying + closed > 0
            then
                'Broken: ' || {{ amount_text('to_call') }} || ' to be called now, '
                || {{ amount_text('left_lying') }} || ' left lying, '
                || {{ amount_text('closed') }} || ' closed without a call'
        when obligation_kind = 'feedback' and early > 0
            then
                {{ amount_text('early') }} || ' given before due; the card counts only leads old'
                || ' enough: ' || {{ amount_text('judged') }} || ' of '
                || {{ amount_text('old_enough') }}
    end as note

from counted_states
