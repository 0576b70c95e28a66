select * from marts.rpt_ranges
