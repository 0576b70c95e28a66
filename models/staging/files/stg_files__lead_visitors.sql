-- One row per lead and visitor that it was on the website: a lead that took in another one has the
-- visits of both.

select distinct
    coalesce(merges.survivor_id, {{ clean_text('leads.lead_id') }}) as lead_id,
    {{ clean_id('leads.visitor_id') }} as visitor_id

from {{ source('files', 'leads') }} as leads
left join {{ ref('stg_files__merges') }} as merges
    on {{ clean_text('leads.lead_id') }} = merges.record_id
    and merges.record_type = 'lead'
inner join {{ ref('stg_files__leads') }} as current_leads
    on coalesce(merges.survivor_id, {{ clean_text('leads.lead_id') }}) = current_leads.lead_id
where {{ clean_id('leads.visitor_id') }} is not null
