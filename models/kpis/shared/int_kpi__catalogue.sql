-- One row per KPI: its definition in force on the last day the data speaks for.

with

catalogue as (

    select * from {{ ref('kpi_catalogue') }}

),

as_of as (

    select * from {{ ref('int_ops__as_of') }}

),

definitions_in_force as (

    select catalogue.*
    from catalogue
    cross join as_of
    where
        catalogue.valid_from <= as_of.as_of_date
        and coalesce(catalogue.valid_to, cast('9999-12-31' as date)) > as_of.as_of_date

)

select * from definitions_in_force
