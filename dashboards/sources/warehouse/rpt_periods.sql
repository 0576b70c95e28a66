select * from marts.rpt_periods
