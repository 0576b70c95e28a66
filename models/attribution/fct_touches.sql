-- One row per touch of a lead.

with

lead_touches as (

    select * from {{ ref('int_attribution__lead_touches') }}

)

select * from lead_touches
