-- One row per calendar day of every week, month and quarter that has begun: whole weeks, too, where
-- one begins before the first quarter or ends after the last one.

with

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

    {{ calendar_days('bounds') }}

)

select * from dated_days
