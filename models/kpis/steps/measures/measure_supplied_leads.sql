-- Leads marketing delivered to sales, as agreed, by the last day of the month.

with

-- Only months that are over; one with leads of unknown points leaves the period unknown.
counted as (

    select
        cast(
            {{ dbt.dateadd('day', -1, dbt.dateadd('month', 1, 'month_start')) }} as date
        ) as date_day,
        product_line_id,
        'marketing' as department_id,
        delivered_quantity as quantity

    from {{ ref('fct_lead_supply') }}
    where status is null or status != 'pending'

)

{{ sum_measure('supplied_leads', 'counted') }}
