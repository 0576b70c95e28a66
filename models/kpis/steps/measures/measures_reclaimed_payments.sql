-- One row per day and combination of dimensions: money collected because an audit overturned a
-- rejection, by the day it was paid or paid back.

{{ sum_measure(
    'reclaimed_revenue',
    ref('fct_reclaimed_payments'),
    date_day='paid_date',
    quantity='collected_amount',
    person='analyst_person_id'
) }}
