select * from marts.rpt_sla_breaches
