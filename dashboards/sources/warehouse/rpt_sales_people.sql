select * from marts.rpt_sales_people
