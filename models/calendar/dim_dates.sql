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

days as (

    {{ calendar_days() }}

),

-- Whole quarters, so that every week, month and quarter with data is complete in this table.
dated_days as (

    select days.*
    from days
    cross join first_days
    cross join as_of
    where
        days.quarter_end > first_days.first_event_date
        and days.quarter_start <= as_of.as_of_date

)

select * from dated_days
