select * from marts.rpt_health_laws
