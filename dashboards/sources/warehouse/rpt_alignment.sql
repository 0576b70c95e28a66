select * from marts.rpt_alignment
