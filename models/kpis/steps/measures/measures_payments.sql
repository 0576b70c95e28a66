-- One row per day and combination of dimensions: net payments less refunds, by the day they were
-- paid or paid back, shared out over the touches of their deal.

{{ sum_measure(
    'collected_revenue',
    ref('fct_credited_payments'),
    date_day='paid_date',
    quantity='credited_amount'
) }}
