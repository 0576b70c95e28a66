-- One row per measure, day and combination of dimensions: deals by the day they were closed,
-- shared out over their touches.

with

deals as (

    select * from {{ ref('fct_credited_deals') }}

)

{{ sum_measure(
    'closed_deals',
    'deals',
    date_day='closed_date',
    quantity='credit_share',
    where="status in ('won', 'lost')"
) }}

-- Sourced deals count for the department that brought them: ads did not win a deal that sales
-- found.
{% for measure, quantity in {
    'won_deals': 'credit_share',
    'sourced_deals': 'credit_share',
    'booked_revenue': 'credited_booked_amount',
}.items() %}
union all

{{ sum_measure(
    measure, 'deals', date_day='closed_date', quantity=quantity, where="status = 'won'"
) }}

{% endfor %}
