-- One row per deal: the instant at which its lead converted. No touch after it can have caused it.

with

deals as (

    select * from {{ ref('stg_files__deals') }}

),

as_of as (

    select * from {{ ref('int_ops__as_of') }}

),

conversions as (

    select
        deals.deal_id,
        deals.lead_id,
        coalesce(deals.created_at, deals.closed_at) as converted_at,
        -- The day whose attribution settings apply.
        coalesce(deals.created_date, deals.closed_date, as_of.as_of_date) as rule_date

    from deals
    cross join as_of

)

select * from conversions
