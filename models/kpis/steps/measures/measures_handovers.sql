-- One row per measure, day and combination of dimensions: what became of leads handed to sales, by
-- the day they were assigned. A lead younger than the term it is judged after is pending.

with

handovers as (

    select
        handovers.*,
        {{ page_path('leads.landing_page') }} as landing_page

    from {{ ref('fct_lead_handovers') }} as handovers
    left join {{ ref('dim_leads') }} as leads
        on handovers.lead_id = leads.lead_id

)

{% set worked_or_not = {
    'judged_leads': 'is_judged_ignored',
    'ignored_leads': 'is_ignored',
    'worked_leads': 'is_judged_ignored and not is_ignored',
} %}
{% for measure, counts in worked_or_not.items() %}
{{ sum_measure(
    measure,
    'handovers',
    date_day='assigned_date',
    quantity='case when ' ~ counts ~ ' then 1 else 0 end',
    is_pending='not is_judged_ignored',
    where='is_judged_ignored is not null'
) }}

union all

{% endfor %}
{% for measure, counts in {
    'responses_due': 'is_response_due', 'responses_in_time': 'is_response_in_time'
}.items() %}
{{ sum_measure(
    measure,
    'handovers',
    date_day='assigned_date',
    quantity='case when ' ~ counts ~ ' then 1 else 0 end',
    is_pending='not is_response_due',
    where='is_response_due is not null'
) }}

union all

{% endfor %}
-- A lead that nobody answered yet is waited for until it counts as ignored.
{% for measure, quantity in {
    'answered_leads': 'case when first_response_minutes is not null then 1 else 0 end',
    'response_minutes': 'coalesce(first_response_minutes, 0)',
}.items() %}
{{ sum_measure(
    measure,
    'handovers',
    date_day='assigned_date',
    quantity=quantity,
    is_pending='first_response_minutes is null',
    where='first_response_minutes is not null or (first_response_at is null and not is_judged_ignored)'
) }}

union all

{% endfor %}
{% for measure, counts in {
    'verdicts_due': 'is_feedback_due', 'verdicts_given': 'is_feedback_due and has_verdict'
}.items() %}
{{ sum_measure(
    measure,
    'handovers',
    date_day='assigned_date',
    quantity='case when ' ~ counts ~ ' then 1 else 0 end',
    is_pending='not is_feedback_due',
    where='is_feedback_due is not null'
) }}
{% if not loop.last %}

union all

{% endif %}
{% endfor %}
