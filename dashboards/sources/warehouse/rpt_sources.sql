select * from marts.rpt_sources
