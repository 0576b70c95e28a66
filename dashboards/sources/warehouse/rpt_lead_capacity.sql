select * from marts.rpt_lead_capacity
