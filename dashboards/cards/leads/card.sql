select * from marts.rpt_lead_cards
