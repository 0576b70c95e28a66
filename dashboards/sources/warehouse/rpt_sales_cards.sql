select * from marts.rpt_sales_cards
