select * from marts.rpt_revenue_monthly
