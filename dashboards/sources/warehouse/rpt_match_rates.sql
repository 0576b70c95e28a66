select * from marts.rpt_match_rates
