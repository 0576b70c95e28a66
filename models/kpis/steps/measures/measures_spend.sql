-- One row per day and combination of dimensions: ad cost in the company currency, by the day it
-- was spent.

{{ sum_measure(
    'spend', ref('fct_ad_spend_daily'), date_day='spend_date', quantity='spend_amount'
) }}
