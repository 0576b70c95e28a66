-- Leads marketing delivered to sales, as agreed, by the last day of the month.

with

obligations as (

    select * from {{ ref('fct_sla_obligations') }}
    where obligation_kind = 'lead_supply'

),

-- Only months that are over; one with leads of unknown points leaves the period unknown.
counted as (

    select
        cast(
            {{ dbt.dateadd('day', -1, dbt.dateadd('month', 1, 'started_date')) }} as date
        ) as date_day,
        product_line_id,
        'marketing' as department_id,
        delivered_quantity as quantity

    from obligations
    where is_due or status is null

)

{{ sum_measure('supplied_leads', 'counted') }}
