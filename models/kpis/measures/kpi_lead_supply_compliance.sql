-- Leads marketing delivered to sales and owed it, by the last day of the month.
-- One row per day and combination of the dimensions it has.

with

obligations as (

    select * from {{ ref('fct_sla_obligations') }}
    where obligation_kind = 'lead_supply'

),

-- Only months that are over; one with leads of unknown points leaves the period unknown.
lead_supply_compliance_parts as (

    select
        cast(
            {{ dbt.dateadd('day', -1, dbt.dateadd('month', 1, 'started_date')) }} as date
        ) as kpi_date,
        cast(null as varchar) as channel_id,
        cast(null as varchar) as campaign_id,
        product_line_id,
        cast(null as varchar) as person_id,
        'marketing' as department_id,
        delivered_quantity as numerator,
        owed_quantity as denominator

    from obligations
    where is_due or status is null

)

{{ sum_kpi_parts('lead_supply_compliance_parts', is_ratio=true) }}
