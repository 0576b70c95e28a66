-- All money that came in, less refunds, is in the KPI: nothing is lost or doubled on its way
-- through deals, touches and channels.

with

loaded as (

    select sum(collected_amount) as amount from {{ ref('int_money__payments') }}
    where {{ has_come('paid_date') }}

),

reported as (

    select sum(value) as amount from {{ ref('measures_payments') }}
    where attribution_model = 'default'

)

select loaded.amount as loaded_amount, reported.amount as reported_amount
from loaded
cross join reported
where coalesce(loaded.amount, 0) != coalesce(reported.amount, 0)
