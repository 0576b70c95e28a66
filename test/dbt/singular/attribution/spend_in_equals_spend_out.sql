-- Every unit of ad cost that was loaded is in the KPI, per platform and to the last decimal, in the
-- company's currency. A row is a platform, or the KPI as a whole, that differs.

with

loaded as (

    select lower(trim(platform)) as platform, sum(spend_amount) as amount
    from {{ source('files', 'ad_spend') }}
    where {{ has_come('spend_date') }}
    group by lower(trim(platform))

),

reported as (

    select platform, sum(delivered_spend_amount) as amount
    from {{ ref('fct_ad_spend_daily') }}
    group by platform

),

kpi_total as (

    select sum(value) as amount from {{ ref('measures_spend') }}

),

fact_total as (

    select sum(spend_amount) as amount from {{ ref('fct_ad_spend_daily') }}

)

select loaded.platform, loaded.amount as loaded_amount, reported.amount as reported_amount
from loaded
full outer join reported
    on loaded.platform = reported.platform
where coalesce(loaded.amount, -1) != coalesce(reported.amount, -1)

union all

select 'all platforms', fact_total.amount, kpi_total.amount
from fact_total
cross join kpi_total
where coalesce(fact_total.amount, 0) != coalesce(kpi_total.amount, 0)
