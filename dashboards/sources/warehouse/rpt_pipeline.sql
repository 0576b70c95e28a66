select * from marts.rpt_pipeline
