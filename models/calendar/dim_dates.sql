-- One row per calendar day on which the data can say something, with the periods it belongs to.

with

streams as (

    select * from {{ ref('dim_streams') }}

),

as_of as (

    select * from {{ ref('dim_as_of') }}

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

    {{ calendar_days('bounds') }}

)

select * from dated_days
