select lead_id, occurred_local_time, event_kind, title_message, detail_message, person_label, department_id, amount,
    is_after_sale
from marts.rpt_lead_events
order by lead_id, event_number
