select * from marts.rpt_after_sale
