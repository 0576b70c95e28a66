select * from marts.rpt_plans
