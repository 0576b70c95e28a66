select * from marts.rpt_reject_samples
