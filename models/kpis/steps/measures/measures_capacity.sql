-- One row per day: new leads that the salespeople at work could take. A business day without a
-- declared capacity leaves the period unknown.

{{ sum_measure(
    'capacity_leads',
    ref('fct_capacity_days'),
    quantity='case when is_business_day then capacity_leads else 0 end'
) }}
