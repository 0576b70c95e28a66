select * from marts.rpt_disputed_deals
