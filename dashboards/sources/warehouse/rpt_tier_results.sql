select * from marts.rpt_tier_results
