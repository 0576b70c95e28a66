select * from marts.rpt_ad_spend
