-- One row per measure, day and combination of dimensions: audits of rejected leads, by the day of
-- the audit.

with

audits as (

    select * from {{ ref('fct_lead_audits') }}

)

-- The person is the one who turned the lead down, not the one who looked at it.
{% for measure, counts in {
    'audited_rejections': 'is_judging',
    'overturned_rejections': "is_judging and verdict = 'overturned'",
}.items() %}
{{ sum_measure(
    measure, 'audits', date_day='audited_date', where=counts, person='rejected_by_person_id'
) }}

union all

{% endfor %}
-- Also of an audit that judges nothing.
{{ sum_measure(
    'audit_cost',
    'audits',
    date_day='audited_date',
    quantity='cost_amount',
    person='analyst_person_id'
) }}
