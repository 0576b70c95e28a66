select * from marts.rpt_score_rules
