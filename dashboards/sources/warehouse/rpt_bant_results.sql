select * from marts.rpt_bant_results
