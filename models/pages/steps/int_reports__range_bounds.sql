-- One row per stretch of time a reader can choose: each month, quarter and year that has begun, and
-- the last twelve finished months.

with

periods as (

    select * from {{ ref('rpt_periods') }}
    where period_type in ('month', 'quarter')

),

months as (

    select * from periods
    where period_type = 'month'

),

years as (

    select distinct
        cast({{ dbt.date_trunc('year', 'period_start') }} as date) as range_start

    from months

),

-- Twelve finished months, so that no season is counted twice or left out.
last_months as (

    select
        cast({{ dbt.dateadd('month', -12, 'max(period_end)') }} as date) as range_start,
        max(period_end) as range_end

    from months
    where is_final
    having count(*) >= 12

),

range_bounds as (

    select
        period_type as range_type,
        period_start as range_start,
        period_end as range_end

    from periods

    union all

    select
        'year' as range_type,
        range_start,
        cast({{ dbt.dateadd('year', 1, 'range_start') }} as date) as range_end

    from years

    union all

    select
        'last_12_months' as range_type,
        range_start,
        range_end

    from last_months

)

select * from range_bounds
