select * from marts.rpt_reclaimed_deals
