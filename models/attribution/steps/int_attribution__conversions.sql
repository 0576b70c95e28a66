-- One row per deal: the instant at which its lead converted. No touch after it can have caused it.

with

deals as (

    select * from {{ ref('stg_files__deals') }}

),

leads as (

    select * from {{ ref('stg_files__leads') }}

),

as_of as (

    select * from {{ ref('dim_as_of') }}

),

-- A CRM that does not say when a deal began still says when its lead came. The closing day is the
-- last resort: by then a long sale has left the look-back window of what brought it. A day without
-- a time lasts to its end: the visit that made the lead was on that day, too.
conversions as (

    select
        deals.deal_id,
        deals.lead_id,
        {{ latest_meant('coalesce(deals.created_at, leads.created_at, deals.closed_at)') }}
            as converted_at,
        -- The day whose attribution settings apply.
        coalesce(deals.created_date, leads.created_date, deals.closed_date, as_of.as_of_date)
            as rule_date

    from deals
    left join leads
        on deals.lead_id = leads.lead_id
    cross join as_of

)

select * from conversions
