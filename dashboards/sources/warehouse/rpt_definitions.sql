select * from marts.rpt_definitions
