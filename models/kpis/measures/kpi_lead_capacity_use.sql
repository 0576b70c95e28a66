-- Qualified leads, and those sales had the people for, by day.
-- One row per day and combination of the dimensions it has.

with

capacity_days as (

    select * from {{ ref('int_service__capacity_days') }}

),

as_of as (

    select * from {{ ref('int_ops__as_of') }}

),

-- A business day without a declared capacity leaves the period unknown.
lead_capacity_use_parts as (

    select
        capacity_days.date_day as kpi_date,
        cast(null as varchar) as channel_id,
        cast(null as varchar) as campaign_id,
        cast(null as varchar) as product_line_id,
        cast(null as varchar) as person_id,
        cast(null as varchar) as department_id,
        capacity_days.qualified_leads as numerator,
        case when capacity_days.is_business_day then capacity_days.capacity_leads else 0 end
            as denominator

    from capacity_days
    inner join as_of
        on capacity_days.date_day <= as_of.as_of_date

)

{{ sum_kpi_parts('lead_capacity_use_parts', is_ratio=true) }}
