select * from marts.rpt_headlines
