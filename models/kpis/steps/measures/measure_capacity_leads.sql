-- New leads that the salespeople at work could take, by day. A business day without a declared
-- capacity leaves the period unknown.

with

capacity_days as (

    select * from {{ ref('fct_capacity_days') }}

),

counted as (

    select
        date_day,
        case when is_business_day then capacity_leads else 0 end as quantity

    from capacity_days

)

{{ sum_measure('capacity_leads', 'counted') }}
