-- One row per lead with a card and thing that happened to it, from the first visit to the last
-- payment.

with

history as (

    select * from {{ ref('fct_lead_history') }}

),

shown_leads as (

    select * from {{ ref('int_reports__shown_leads') }}

)

select
    history.lead_id,
    cast(history.history_number as integer) as event_number,
    substring(cast({{ company_time('history.occurred_at') }} as varchar), 1, 16)
        as occurred_local_time,
    history.event_kind,
    history.title_message,
    history.detail_message,
    coalesce({{ person_label('people') }}, history.person_id) as person_label,
    history.department_id,
    history.amount,
    history.is_after_sale

from history
inner join shown_leads
    on history.lead_id = shown_leads.lead_id
left join {{ ref('dim_people') }} as people
    on history.person_id = people.person_id
