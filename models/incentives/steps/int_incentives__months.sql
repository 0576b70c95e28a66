-- One row per month with statements: a month has them from its first published number on; a running
-- one is provisional.

with

kpi_values as (

    select * from {{ ref('int_incentives__kpi_values') }}

),

months as (

    select distinct period_start, period_end
    from kpi_values
    where period_type = 'month' and value is not null

)

select * from months
