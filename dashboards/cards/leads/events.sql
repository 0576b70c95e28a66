select lead_id, occurred_local_time, event_kind, title, detail, person_label, department_label, amount,
    deal_id, is_after_sale
from marts.rpt_lead_events
order by lead_id, event_number
