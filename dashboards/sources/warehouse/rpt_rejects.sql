select * from marts.rpt_rejects
