select * from marts.rpt_statements
