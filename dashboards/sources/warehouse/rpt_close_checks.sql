select * from marts.rpt_close_checks
