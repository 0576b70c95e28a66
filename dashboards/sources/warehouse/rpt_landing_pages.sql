select * from marts.rpt_landing_pages
