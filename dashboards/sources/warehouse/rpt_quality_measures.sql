select * from marts.rpt_quality_measures
