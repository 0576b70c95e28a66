-- One row per lead and visitor that it was on the website: a lead that took in another one has the
-- visits of both.

with

merges as (

    select * from {{ ref('stg_files__merges') }}
    where record_type = 'lead'

),

named_visitors as (

    select
        {{ clean_text('lead_id') }} as lead_id,
        {{ clean_id('visitor_id') }} as visitor_id

    from {{ source('files', 'leads') }}

),

visitors as (

    select
        coalesce(merges.survivor_id, named_visitors.lead_id) as lead_id,
        named_visitors.visitor_id

    from named_visitors
    left join merges
        on named_visitors.lead_id = merges.record_id
    where named_visitors.visitor_id is not null

)

select distinct visitors.*

from visitors
inner join {{ ref('stg_files__leads') }} as leads
    on visitors.lead_id = leads.lead_id
