select * from marts.rpt_readiness_effect
