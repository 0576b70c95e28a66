select lead_id, rule_set, rule_label, points, outcome
from marts.rpt_lead_points
order by lead_id, set_order, points desc, rule_id
