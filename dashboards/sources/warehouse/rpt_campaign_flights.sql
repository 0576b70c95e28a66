select * from marts.rpt_campaign_flights
