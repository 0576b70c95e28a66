select lead_id, question_label, bant_part, answer, answered_date, person_label, unread_reason_message
from marts.rpt_lead_answers
order by lead_id, answered_date, question_id
