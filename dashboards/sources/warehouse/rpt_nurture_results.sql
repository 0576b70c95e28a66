select * from marts.rpt_nurture_results
