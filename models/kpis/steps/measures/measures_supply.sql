-- One row per measure, day and combination of dimensions: leads that marketing owed sales and
-- delivered as agreed, by the last day of the month.

with

-- Only months that are over; one with leads of unknown points leaves the period unknown.
supply as (

    select
        cast(
            {{ dbt.dateadd('day', -1, dbt.dateadd('month', 1, 'month_start')) }} as date
        ) as date_day,
        product_line_id,
        owed_quantity,
        delivered_quantity

    from {{ ref('fct_lead_supply') }}
    where status is null or status != 'pending'

)

{{ sum_measure('owed_leads', 'supply', quantity='owed_quantity') }}

union all

{{ sum_measure('supplied_leads', 'supply', quantity='delivered_quantity') }}
