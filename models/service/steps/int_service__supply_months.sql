-- One row per term of lead supply and calendar month in which marketing owes it.

with

supply_terms as (

    select * from {{ ref('supply_terms') }}

),

dates as (

    select * from {{ ref('dim_dates') }}

),

streams as (

    select * from {{ ref('dim_streams') }}
    where stream = 'leads'

),

as_of as (

    select * from {{ ref('dim_as_of') }}

),

months as (

    select distinct
        month_start,
        cast({{ dbt.dateadd('month', 1, 'month_start') }} as date) as month_end

    from dates

),

-- A month owes what is in force on its first day: nothing is prorated, and a month before the
-- first lead owes nothing.
supply_months as (

    select
        lower(supply_terms.product_line_id) || ':' || cast(months.month_start as varchar)
            as supply_id,
        nullif(lower(supply_terms.product_line_id), '*') as product_line_id,
        supply_terms.measure,
        supply_terms.owed_per_month as owed_quantity,
        months.month_start,
        months.month_end,
        months.month_end <= {{ dbt.dateadd('day', 1, 'as_of.as_of_date') }} as is_over

    from supply_terms
    inner join months
        on {{ is_in_force('supply_terms', 'months.month_start') }}
    cross join as_of
    cross join streams
    where
        months.month_start <= as_of.as_of_date
        and months.month_end > streams.first_event_date

)

select * from supply_months
