select * from marts.rpt_lead_deals order by lead_id, created_date, deal_id
