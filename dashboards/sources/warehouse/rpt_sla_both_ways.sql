select * from marts.rpt_sla_both_ways
