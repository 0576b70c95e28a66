-- The due instant and the business minutes are two roads to one verdict, to the minute.

select
    handovers.lead_id,
    handovers.first_response_minutes,
    handovers.is_response_in_time

from {{ ref('fct_lead_handovers') }} as handovers
inner join {{ ref('int_handover__assignments') }} as assignments
    on handovers.lead_id = assignments.lead_id
where
    (
        handovers.is_response_in_time
        and handovers.first_response_minutes > assignments.first_response_minutes_allowed
    )
    or (
        not handovers.is_response_in_time
        and handovers.first_response_minutes < assignments.first_response_minutes_allowed
    )
