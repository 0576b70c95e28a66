-- One row per calendar day from 2005 to 2040.

with

days as (

    {{ dbt.date_spine('day', "cast('2005-01-01' as date)", "cast('2041-01-01' as date)") }}

),

numbered_days as (

    select
        cast(date_day as date) as date_day,
        -- Monday is 1 and Sunday 7; 2001-01-01 was a Monday.
        mod({{ dbt.datediff("cast('2001-01-01' as date)", 'date_day', 'day') }}, 7) + 1 as weekday

    from days

)

select * from numbered_days
