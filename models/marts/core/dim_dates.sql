-- One row per calendar day on which the data can say something, with the periods it belongs to.

with

days as (

    {{ dbt.date_spine('day', "cast('2010-01-01' as date)", "cast('2040-01-01' as date)") }}

),

streams as (

    select * from {{ ref('int_ops__streams') }}

),

as_of as (

    select * from {{ ref('int_ops__as_of') }}

),

first_days as (

    select min(first_event_date) as first_event_date from streams

),

-- Whole quarters, so that every week, month and quarter with data is complete in this table.
bounds as (

    select
        {{ dbt.date_trunc('quarter', 'first_days.first_event_date') }} as first_date,
        {{ dbt.dateadd('month', 3, dbt.date_trunc('quarter', 'as_of.as_of_date')) }} as end_date

    from first_days
    cross join as_of

),

dated_days as (

    select
        cast(days.date_day as date) as date_day,
        cast({{ dbt.date_trunc('week', 'days.date_day') }} as date) as week_start,
        cast({{ dbt.date_trunc('month', 'days.date_day') }} as date) as month_start,
        cast({{ dbt.date_trunc('quarter', 'days.date_day') }} as date) as quarter_start

    from days
    inner join bounds
        on cast(days.date_day as date) >= cast(bounds.first_date as date)
        and cast(days.date_day as date) < cast(bounds.end_date as date)

)

select * from dated_days
