select * from marts.rpt_rule_changes
