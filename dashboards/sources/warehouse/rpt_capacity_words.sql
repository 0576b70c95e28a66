select * from marts.rpt_capacity_words
