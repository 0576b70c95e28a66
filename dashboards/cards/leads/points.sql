select lines.lead_id, lines.rule_set, lines.rule_label, lines.points, lines.outcome
from marts.fct_lead_score_lines as lines
inner join marts.rpt_lead_cards as cards on lines.lead_id = cards.lead_id
order by lines.lead_id,
    list_position(['tier', 'heat', 'icp_fit', 'readiness', 'persona', 'qualification', 'bant'], lines.rule_set),
    lines.points desc, lines.rule_id
