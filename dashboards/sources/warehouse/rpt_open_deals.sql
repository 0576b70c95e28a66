select * from marts.rpt_open_deals
