select * from marts.rpt_personas
