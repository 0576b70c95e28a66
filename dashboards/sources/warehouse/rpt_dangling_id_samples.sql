select * from marts.rpt_dangling_id_samples
