select * from marts.rpt_dangling_ids
