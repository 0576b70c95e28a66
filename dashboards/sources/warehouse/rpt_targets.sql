select * from marts.rpt_targets
