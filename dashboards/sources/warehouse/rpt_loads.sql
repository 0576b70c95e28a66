select * from marts.rpt_loads
