-- A pause of nothing stops no clock, and nobody would notice.
{{ config(severity='warn') }}

select
    clock_pauses.record_type,
    clock_pauses.record_id

from {{ ref('stg_files__clock_pauses') }} as clock_pauses
left join {{ ref('stg_files__leads') }} as leads
    on clock_pauses.record_id = leads.lead_id
    and clock_pauses.record_type = 'lead'
left join {{ ref('stg_files__internal_requests') }} as requests
    on clock_pauses.record_id = requests.request_id
    and clock_pauses.record_type = 'request'
where leads.lead_id is null and requests.request_id is null
