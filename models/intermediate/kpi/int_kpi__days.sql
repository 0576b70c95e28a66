-- One row per calendar day of every week, month and quarter that has begun: whole weeks, too, where
-- one begins before the first quarter or ends after the last one.

with

days as (

    {{ dbt.date_spine('day', "cast('2009-12-01' as date)", "cast('2040-02-01' as date)") }}

),

periods as (

    select * from {{ ref('int_kpi__periods') }}

),

bounds as (

    select
        min(period_start) as first_date,
        max(period_end) as end_date

    from periods

),

dated_days as (

    select
        cast(days.date_day as date) as date_day,
        cast({{ dbt.date_trunc('week', 'days.date_day') }} as date) as week_start,
        cast({{ dbt.date_trunc('month', 'days.date_day') }} as date) as month_start,
        cast({{ dbt.date_trunc('quarter', 'days.date_day') }} as date) as quarter_start

    from days
    inner join bounds
        on cast(days.date_day as date) >= bounds.first_date
        and cast(days.date_day as date) < bounds.end_date

)

select * from dated_days
